from .files import IntakeBatch, IntakeFile, IntakeRow, IntakeSheet, ListCode, RememberedMapping, remarked
from .words import RememberedWord

__all__ = ["IntakeBatch", "IntakeFile", "IntakeRow", "IntakeSheet", "ListCode", "RememberedMapping", "RememberedWord", "remarked"]
