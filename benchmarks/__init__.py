"""What the program costs, measured in one run beside a baseline."""
