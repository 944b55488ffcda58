"""What the built-in engine needs to judge a red test: facts, clues, retrials, reproductions."""
