"""Who is who: whether the post knows the person a row tells of, and which of its own records may be one person."""

from tienphuong.registry.matching.people import Candidate, MatchDecision, match_people
from tienphuong.registry.matching.sweep import Pair, find_doubts
from tienphuong.registry.matching.terms import MatchKind

__all__ = ["Candidate", "MatchDecision", "MatchKind", "Pair", "find_doubts", "match_people"]
