"""Floor 4: the directory of places that help, and what was asked of them for a case."""
