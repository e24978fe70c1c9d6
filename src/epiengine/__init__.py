"""The engine: arrays in, arrays out. No Django, no files, no clock."""
