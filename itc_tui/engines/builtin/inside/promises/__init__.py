"""Promises that only live values can keep or break: one file per kind, one registry."""
