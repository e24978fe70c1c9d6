"""The door for machines: the same queries and acts as the pages, as JSON."""
