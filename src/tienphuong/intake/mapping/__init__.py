"""Mapping: which rows are the header, what kind of list it is, which column means what, and each row as a raw record."""
