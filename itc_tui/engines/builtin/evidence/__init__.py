"""What the target's own texts show of how it is used."""
