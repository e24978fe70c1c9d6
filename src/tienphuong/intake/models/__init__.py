from .files import IntakeFile, IntakeRow, IntakeSheet, RememberedMapping

__all__ = ["IntakeFile", "IntakeRow", "IntakeSheet", "RememberedMapping"]
