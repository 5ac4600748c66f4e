from hypothesis import settings

# Machines are shared and noisy: what takes long is measured elsewhere.
settings.register_profile("framelens", deadline=None, max_examples=60)
settings.load_profile("framelens")
