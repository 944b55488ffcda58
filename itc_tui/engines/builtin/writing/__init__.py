"""Test files as a careful colleague writes them."""
