"""What the target's own tests show already, so that no drafted test says it again."""
