"""The three demonstration places and hours."""
