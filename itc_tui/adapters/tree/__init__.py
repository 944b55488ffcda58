"""The person's tree and its history: what is ours in it is written, kept and taken back."""
