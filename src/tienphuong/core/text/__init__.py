"""How Vietnamese is written, typed, damaged and read: pure functions over one cell of text."""
