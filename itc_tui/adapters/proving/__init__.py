"""The parts of the prover: its plan, its scripts for the box, and what their answers mean."""
