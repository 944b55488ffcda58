"""`python -m itc_tui` is `itc`."""

from itc_tui.cli import main

if __name__ == "__main__":
    main()
