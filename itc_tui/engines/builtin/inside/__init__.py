"""Scripts that run in the target's interpreter, inside the box; they import nothing but themselves."""
