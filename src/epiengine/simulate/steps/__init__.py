"""The steps of a day, one file each, in the order of `day.py`."""
