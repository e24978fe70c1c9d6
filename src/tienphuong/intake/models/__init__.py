from .files import IntakeBatch, IntakeFile, IntakeRow, IntakeSheet, ListCode, RememberedMapping

__all__ = ["IntakeBatch", "IntakeFile", "IntakeRow", "IntakeSheet", "ListCode", "RememberedMapping"]
