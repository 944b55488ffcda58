"""The repository under test: its interpreter, its layout, what it can import."""
