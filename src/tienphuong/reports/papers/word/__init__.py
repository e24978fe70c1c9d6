"""Official papers as Word files."""
