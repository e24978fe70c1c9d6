"""Is this more than usual? Three families of alarms: EARS (days), Farrington (weeks of past years), and the rule of Thông tư 15/2026/TT-BYT."""

from epiengine.estimate.alarms.circular_15 import (
    EndemicThreshold,
    Level,
    endemic_level,
    endemic_threshold,
    group_a_level,
    linked_level,
)
from epiengine.estimate.alarms.ears import EarsAlarms, ears
from epiengine.estimate.alarms.farrington import NOUFAILY, STANDARD, FarringtonAlarms, FarringtonRule, farrington

__all__ = [
    "NOUFAILY",
    "STANDARD",
    "EarsAlarms",
    "EndemicThreshold",
    "FarringtonAlarms",
    "FarringtonRule",
    "Level",
    "ears",
    "endemic_level",
    "endemic_threshold",
    "farrington",
    "group_a_level",
    "linked_level",
]
