"""The whole cycle on one page: a generator of events."""
