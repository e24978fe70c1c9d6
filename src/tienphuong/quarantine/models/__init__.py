from .stays import Facility, Stay, StayState

__all__ = ["Facility", "Stay", "StayState"]
