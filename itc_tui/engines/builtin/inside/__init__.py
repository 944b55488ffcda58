"""Runs in the target's interpreter, inside the box; imports nothing but itself."""
