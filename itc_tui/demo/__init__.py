"""The bundled example: a small shop with true boundaries and two faults on them."""
