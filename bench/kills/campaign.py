"""Lives of one post: each act is killed at a random moment, the post comes back, and what it holds is what an undisturbed life holds."""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from bench.kills import post
from bench.kills.bases import Base
from bench.kills.children import End, child
from bench.kills.judging import State, hanging, lost_and_doubled, state, two_minds
from bench.kills.post import ACTS, Act
from django.db import connections

BEYOND = 1.05
"""Kills fall up to so many times an act's undisturbed time after its beginning: some come just after its end."""
AGAIN = 0.25
"""How often the coming back is killed too."""
MOST_RETURNS = 3
"""A job whose five workers died is given up by the post, and its file waits for an officer: that is not what is looked for here."""
TRIES = 5


@dataclass(slots=True)
class Tally:
    """What became of one act: kills, how many of them came before its acknowledgement, and how often something was wrong after it."""

    kills: int = 0
    during: int = 0
    of_return: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Life:
    """The acts one after the other, undisturbed: what each answers, how long it takes, what the post holds after it."""

    ends: list[End] = field(default_factory=list)
    states: list[State] = field(default_factory=list)


class Campaign:
    """Kills over so many lives of one post."""

    def __init__(self, base: Base, acts: Sequence[Act] = ACTS, *, seed: int) -> None:
        self._base, self._acts, self._rng = base, acts, random.Random(seed)
        self.tallies = {act.name: Tally() for act in acts}
        self.wrong: list[str] = []

    def run(self, kills: int, *, seconds: float) -> None:
        """Make the base, live it twice undisturbed to know it, then kill so often, or for so long."""
        post.settle_process()
        _sure(child(post.found, kill_after=None))
        self._base.keep()
        self._warm()
        self._known = self._undisturbed()
        self._same_twice()
        until = time.monotonic() + seconds
        while self._killed() < kills and time.monotonic() < until:
            self._life()
            print(f"{self._killed()} kills", end="\r", file=sys.stderr, flush=True)

    def _killed(self) -> int:
        return sum(tally.kills for tally in self.tallies.values())

    def _warm(self) -> None:
        """Live once in the parent: what its children are forked with is imported and compiled, as in a worker that has worked before."""
        for act in self._acts:
            _ = act.before and act.before()
            act.do(uuid4())
        connections.close_all()
        gc.collect()
        gc.freeze()  # a child's collector leaves the parent's pages alone

    def _undisturbed(self) -> Life:
        life = Life()
        self._restore()
        for act in self._acts:
            self._before(act)
            life.ends.append(_sure(child(lambda act=act: act.do(uuid4()))))  # type: ignore[misc]
            life.states.append(state())
        return life

    def _same_twice(self) -> None:
        """Two undisturbed lives are the same: what differs after a kill comes of the kill. Both tell how long an act takes."""
        again = self._undisturbed()
        for act, one, other, end, ended in zip(self._acts, self._known.states, again.states, self._known.ends, again.ends, strict=True):
            differing = lost_and_doubled(one, other)
            if any(differing) or end.answer != ended.answer:
                raise SystemExit(f"{act.name} undisturbed is not the same twice: {differing[0][:3]} {differing[1][:3]} {end} {ended}")
            self.tallies[act.name].seconds = (end.seconds + ended.seconds) / 2

    def _restore(self) -> None:
        connections.close_all()
        self._base.restore()

    def _before(self, act: Act) -> None:
        if act.before:
            _sure(child(act.before))

    def _life(self) -> None:
        self._restore()
        self._charged: set[str] = set()
        for place, act in enumerate(self._acts):
            self._before(act)
            number = uuid4()
            self._kill(act, number)
            end = self._returned(act, number)
            self._judge(place, end)
        self._note("end", [*two_minds(post.DISEASE, post.POLICY.version), *self._base.whole()])

    def _kill(self, act: Act, number: UUID) -> None:
        """Once in the act, and sometimes in what the post does when it comes back."""
        tally = self.tallies[act.name]
        end = self._one_kill(tally, lambda: act.do(number))
        if end.answer is not None:  # how long an act takes changes with what else the machine does
            tally.seconds = (tally.seconds + end.seconds) / 2
        for _ in range(MOST_RETURNS):
            if not end.killed or self._rng.random() >= AGAIN:
                return
            tally.of_return += 1
            end = self._one_kill(tally, lambda: f"{post.come_back()} {act.do(number)}")

    def _one_kill(self, tally: Tally, work: Callable[[], str]) -> End:
        end = child(work, kill_after=self._rng.uniform(0, tally.seconds * BEYOND))
        tally.kills += 1
        tally.during += end.killed
        if end.fault:
            self._note("fault", [end.fault])
        return end

    def _returned(self, act: Act, number: UUID) -> End:
        """The post comes back by itself, then the officer repeats the act until it is acknowledged."""
        back = child(post.come_back)
        hung = [] if back.answer else [f"the post did not come back: {back.fault}"]
        self._stuck(act, [*hung, *(one for one in hanging() if "nights" not in one)])  # the night's turn is the act itself
        for _ in range(TRIES):
            end = child(lambda: act.do(number))
            if end.answer is not None:
                return end
        return end

    def _judge(self, place: int, end: End) -> None:
        """The answer and everything the post holds, beside the undisturbed life at the same place."""
        act, known = self._acts[place], self._known
        if end.answer != known.ends[place].answer:
            self._stuck(act, [f"answered {end.answer}, not {known.ends[place].answer}: {end.fault}"])
        self._stuck(act, hanging())
        lost, doubled = (self._new(found) for found in lost_and_doubled(known.states[place], state()))
        tally = self.tallies[act.name]
        tally.lost, tally.doubled = tally.lost + bool(lost), tally.doubled + bool(doubled)
        self._note(f"{act.name} lost", lost)
        self._note(f"{act.name} doubled", doubled)

    def _new(self, found: list[str]) -> list[str]:
        """Of what differs, what no act before in this life has been charged with."""
        new = [one for one in found if one not in self._charged]
        self._charged.update(new)
        return new

    def _stuck(self, act: Act, found: list[str]) -> None:
        self.tallies[act.name].stuck += bool(found)
        self._note(f"{act.name} stuck", found)

    def _note(self, name: str, found: list[str]) -> None:
        self.wrong += [f"{name}: {one}" for one in found[:5]]
        for one in found[:5]:
            print(f"WRONG {name}: {one[:2000]}", flush=True)


def _sure(end: End) -> End:
    """An undisturbed child has acknowledged."""
    if end.answer is None:
        raise SystemExit(end.fault or f"no answer after {end.seconds:.0f} seconds")
    return end
