"""Plain rules: they know no request and write nothing."""
