"""What the officers do: the mix of reads and of writes, one request after the other in a fixed order."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.load.browser import Browser

# Of twenty reads and of five writes, how many are of each kind.
READS = {"board": 3, "cases": 4, "cases-next": 2, "contacts": 3, "follow-up": 4, "person": 3, "samples": 1}
WRITES = {"check": 4, "figures": 1}
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its kind, where to, what is said (a form, if anything), and the key by which the write is found again."""

    kind: str
    address: str
    said: dict[str, str] | None = None
    key: str | int = ""


def reads(plan: dict[str, Any], browser: Browser) -> Iterator[Ask]:
    """Reads without end. A list's next page is the one that its first page leads to."""
    following = NEXT.search(browser.get("/ca-benh/").text)
    people = itertools.cycle(plan["people"])
    addresses = {
        "board": itertools.cycle(["/"]),
        "cases": itertools.cycle(["/ca-benh/", *(f"/ca-benh/?area={path}" for path in plan["communes"][:3])]),
        "cases-next": itertools.cycle(["/ca-benh/" + following[1].replace("&amp;", "&") if following else "/ca-benh/"]),
        "contacts": itertools.cycle(["/tiep-xuc/"]),
        "follow-up": itertools.cycle(["/theo-doi/"]),
        "person": (f"/nguoi/{uid}/" for uid in people),
        "samples": itertools.cycle(["/mau-xet-nghiem/"]),
    }
    return (Ask(kind, next(addresses[kind])) for kind in mixed(READS))


def writes(plan: dict[str, Any]) -> Iterator[Ask]:
    """Writes without end, as long as there are people due: each an act of its own that the base does not know yet."""
    people, communes, numbers = iter(plan["due"]), itertools.cycle(plan["communes"]), itertools.count(1_000_000)
    for kind in mixed(WRITES):
        yield _check(plan, next(people)) if kind == "check" else _figures(next(communes), next(numbers))


def _check(plan: dict[str, Any], uid: str) -> Ask:
    """One person asked after today."""
    act = str(uuid4())
    said = {"day": plan["day"], "disease": "covid-19", "state": "done", "pick": uid, "act_id": act, "next": "/theo-doi/"}
    return Ask("check", "/theo-doi/ghi/", said, act)


def _figures(path: str, number: int) -> Ask:
    """A commune's own figure of the day; the number is no other's, so that it is found again."""
    return Ask("figures", f"/bao-cao/so-lieu-xa/?area={path}", {"cases_total": str(number)}, number)


def mixed(weights: dict[str, int]) -> Iterator[str]:
    """Kinds in their weights, in one order that is drawn once, so that every run asks the same."""
    once: Sequence[str] = [kind for kind, weight in weights.items() for _ in range(weight)]
    return itertools.cycle(random.Random(5).sample(once, len(once)))
