"""A generated district: its people, its epidemic, and the spreadsheets its communes send. Knows nothing of the application."""

from demodistrict.answer_key import Answer
from demodistrict.generator import SCENARIOS, generate

__all__ = ["SCENARIOS", "Answer", "generate"]
