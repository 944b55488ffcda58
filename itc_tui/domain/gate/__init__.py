"""One file per group of the gate's rules; `syntax_gate` holds their list."""
