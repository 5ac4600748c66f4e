from framelens.evaluation.speed import measure


def test_every_part_is_measured():
    """A smoke test: the figures themselves are for a quiet machine."""
    figures = measure(["The council met on Monday.\n“We agreed,” the mayor said.\n"] * 3, hostile_size=500)
    assert all(value > 0 for value in figures.values())
    assert {"model load, s", "read, MB per second", "analyze, MB per second"} <= figures.keys()
