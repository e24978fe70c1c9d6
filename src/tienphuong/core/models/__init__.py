from .audit import AuditEntry
from .balances import Balance
from .clock import ClockMark, ScenarioClock
from .deadlines import Deadline
from .nights import Night
from .numbering import NumberSeries
from .place import OwnPlace
from .records import STILL_BELIEVED, Known, Record, Withdrawable
from .seal import SealMark
from .tokens import ApiToken
from .unfinished import UnfinishedAct
from .users import Appointment, User

__all__ = [
    "STILL_BELIEVED",
    "ApiToken",
    "Appointment",
    "AuditEntry",
    "Balance",
    "ClockMark",
    "Deadline",
    "Known",
    "Night",
    "NumberSeries",
    "OwnPlace",
    "Record",
    "ScenarioClock",
    "SealMark",
    "UnfinishedAct",
    "User",
    "Withdrawable",
]
