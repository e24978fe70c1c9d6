from .arrivals import Arrival
from .contacts import Contact, ExposureEvent, IsolationRecord, PendingLink
from .degrees import DegreeRecord
from .follow_up import FollowUp, Referral

__all__ = ["Arrival", "Contact", "DegreeRecord", "ExposureEvent", "FollowUp", "IsolationRecord", "PendingLink", "Referral"]
