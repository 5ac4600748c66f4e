"""The lexicons that ship with framelens: TOML files, one family of entries a file."""
