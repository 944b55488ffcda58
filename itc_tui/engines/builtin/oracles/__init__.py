"""What makes an expectation more than an observation: one file per kind, tried in this order."""
