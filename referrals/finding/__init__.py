"""Finding a service: one question, one answer, whichever database keeps the directory."""
