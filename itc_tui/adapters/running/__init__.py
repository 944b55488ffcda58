"""The target's own pytest, run and watched."""
