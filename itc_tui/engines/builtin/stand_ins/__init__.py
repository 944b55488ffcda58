"""What takes the place of things outside the target, one file per kind of thing."""
