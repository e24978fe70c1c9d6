"""Lists as people send them: how their cells are read. Knows no model and no room above it."""
