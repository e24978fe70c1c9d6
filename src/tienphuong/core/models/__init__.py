from .audit import AuditEntry
from .clock import ScenarioClock
from .deadlines import Deadline
from .numbering import NumberSeries
from .users import Appointment, User

__all__ = ["Appointment", "AuditEntry", "Deadline", "NumberSeries", "ScenarioClock", "User"]
