"""SQLite as a post uses it: who waits to write is known to long work, which lets others go first between two of its parts."""
