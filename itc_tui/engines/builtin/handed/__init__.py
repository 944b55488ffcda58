"""What a drafted test is handed by name: fixtures of the target, and stand-ins for the outside."""
