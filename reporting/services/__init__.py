"""The only writers of what reports keep."""
