"""The steps of the cycle, one file each: a generator that yields events and returns its noun."""
