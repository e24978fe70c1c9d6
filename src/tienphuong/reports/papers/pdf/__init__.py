"""Official papers as PDF files."""
