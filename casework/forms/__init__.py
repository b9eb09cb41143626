"""Forms, one module a room."""
