"""``python -m framelens``: the command line."""

from framelens.cli import main

if __name__ == "__main__":
    main()
