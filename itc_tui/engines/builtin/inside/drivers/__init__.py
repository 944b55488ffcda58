"""Drivers for what is not a plain function call; `registry` holds their list."""
