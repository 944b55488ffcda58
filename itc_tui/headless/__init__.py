"""The same loop, printed; proof that it needs no screen."""
