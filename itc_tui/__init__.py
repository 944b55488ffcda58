"""itc-tui takes a Python module from no integration tests to a suite you can trust."""

__version__ = "0.1.0"
