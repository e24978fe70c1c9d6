"""How far a study is: told to whoever listens, always in the caller's thread. A listener that raises ends the work."""

from collections.abc import Callable

from tienphuong.forecast.terms import Step

#: the step, runs done in it, runs in all (0: not known)
Progress = Callable[[Step, int, int], None]


def no_progress(step: Step, done: int, total: int) -> None:
    """Nobody listens."""
