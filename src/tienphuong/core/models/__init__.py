from .attempts import AttemptCount
from .audit import AuditEntry
from .balances import Balance
from .clock import ClockMark, ScenarioClock
from .deadlines import Deadline
from .factors import RecoveryCode, SecurityKey, TotpSecret
from .nights import Night
from .numbering import NumberSeries
from .place import OwnPlace
from .purges import Purge
from .records import OPEN_END, Known, Record, Withdrawable
from .seal import SealMark
from .sessions import OfficerSession
from .tokens import ApiToken
from .unfinished import UnfinishedAct
from .users import Appointment, User

__all__ = [
    "OPEN_END",
    "ApiToken",
    "Appointment",
    "AttemptCount",
    "AuditEntry",
    "Balance",
    "ClockMark",
    "Deadline",
    "Known",
    "Night",
    "NumberSeries",
    "OfficerSession",
    "OwnPlace",
    "Purge",
    "Record",
    "RecoveryCode",
    "ScenarioClock",
    "SealMark",
    "SecurityKey",
    "TotpSecret",
    "UnfinishedAct",
    "User",
    "Withdrawable",
]
