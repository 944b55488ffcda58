"""What the program talks about: frozen records and pure functions, nothing of the world."""
