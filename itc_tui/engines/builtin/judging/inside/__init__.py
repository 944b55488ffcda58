"""Runs in the box, in the target's interpreter."""
