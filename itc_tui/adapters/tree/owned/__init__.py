"""The files that we wrote into the person's tree: known by a ledger, kept in copies."""
