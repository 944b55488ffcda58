"""The parts of `weakening`: what flows where, two assertions compared, and what surrounds them."""
