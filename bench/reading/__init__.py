"""How well lists are read: the layouts nobody here wrote, and our own, filled with a thousand rows of known truth each."""

from bench.reading.columns import FOLDER, KINDS, layouts, plan_of, readings

__all__ = ["FOLDER", "KINDS", "layouts", "plan_of", "readings"]
