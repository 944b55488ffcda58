"""Single deeds of git, each small enough to be believed."""
