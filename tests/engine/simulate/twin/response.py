"""What the slow twin's post does about cases: doses, tests, campaigns, results, isolation, cordons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engine.simulate.twin.people import NEVER, Person

from epiengine.simulate import Campaign, Cordons, Isolation, Testing, Tracing, Vaccination

if TYPE_CHECKING:
    from tests.engine.simulate.twin.post import Post

BANDS = 16


def vaccinate(post: Post, day: int) -> None:
    """Later doses before first ones, the eldest first, while there are doses today and in stock."""
    for at, measure in enumerate(post.plan):
        if isinstance(measure, Vaccination):
            here = [p for p in post.people if measure in post.force[p.commune] and p.age >= measure.youngest]
            here.sort(key=lambda p, m=measure: (-p.age if m.eldest_first else p.age, p.commune))
            left = min(measure.per_day, measure.stock - post.used["doses", at])
            for number in reversed(range(measure.doses_each)):
                for person in here:
                    if left >= 1 and len(person.doses) == number and _takes(post, measure, person, day):
                        person.doses.append(day)
                        post.used["doses", at] += 1
                        post.count("doses", person)
                        left -= 1


def _takes(post: Post, measure: Vaccination, person: Person, day: int) -> bool:
    if person.bed or person.in_quarantine(day) or person.is_dead(day):
        return False
    if person.doses:
        return day - person.doses[-1] >= measure.interval
    if person.accepts is None:
        person.accepts = bool(post.draw_key.random() < measure.acceptance * measure.strength)
    return person.accepts


def sample(post: Post, day: int) -> None:
    """Who asks for a test today joins the queue of their laboratory, then F1 whose test is due; they are served as far as it reaches."""
    for person in (one for one in post.people if one.infected < NEVER):
        measure = post.of(Testing, person.commune)
        if measure is not None and _asks(post, measure, person, day):
            person.waits = True
            post.queue[post.plan.index(measure)].append((person, True))
    for person in post.due.pop(("sample", day), []):
        measure = post.of(Testing, person.commune)
        if measure is not None and person.free >= day:
            post.queue[post.plan.index(measure)].append((person, False))
    for at, measure in enumerate(post.plan):
        if isinstance(measure, Testing):
            _serve(post, at, measure, day)


def _asks(post: Post, measure: Testing, person: Person, day: int) -> bool:
    if person.known or person.pending or person.waits or not max(person.asks_from, person.infectious) <= day < person.end:
        return False
    return bool(post.draw_key.random() < (measure.with_symptoms if person.onset <= day else measure.without) * measure.strength)


def _serve(post: Post, at: int, measure: Testing, day: int) -> None:
    queue, left = post.queue[at], min(measure.capacity, measure.stock - post.used["tests", at])
    while queue and left >= 1:
        person, by_himself = queue.pop(0)
        person.waits = person.waits and not by_himself
        if person.known or person.pending or person.is_dead(day) or (by_himself and person.end <= day):
            continue
        left -= 1
        _use_tests(post, at, tests=1, people=1)
        person.asks_from = day + 1
        _take(post, measure, person, day)
    post.use("waiting_for_test", len(queue))


def _use_tests(post: Post, at: int, *, tests: float, people: float) -> None:
    post.used["tests", at] += tests
    post.use("tests", tests)
    post.use("people_sampled", people)


def _take(post: Post, measure: Testing | Campaign, person: Person, day: int, factor: float = 1.0) -> bool:
    """Is the sample positive? The result comes after the turnaround."""
    if person.infected == NEVER or (measure.infectious_only and not person.is_infectious(day)):
        return False
    since = min(day - person.infected, len(measure.sensitivity) - 1)
    if post.draw_key.random() >= measure.sensitivity[since] * factor:
        return False
    person.pending = True
    post.due["result", day + measure.turnaround].append(person)
    return True


def campaign(post: Post, day: int) -> None:
    """Hamlets wait for their campaign and are sampled pool by pool as far as the day's tests reach."""
    due = post.due.pop(("round", day), [])
    for at, measure in enumerate(post.plan):
        if not isinstance(measure, Campaign):
            continue
        communes = [commune for commune in post.force if measure in post.force[commune]]
        hamlets = [h for h, commune in enumerate(post.town.hamlet_commune) if commune in communes]
        queue = post.queue[at]
        if measure.in_cordons:
            queue += [list(_people_of(post, hamlet)) for hamlet in due if hamlet in hamlets and post.opens[hamlet] > day]
        elif communes and not queue and day >= post.used["round", at]:
            queue += [list(_people_of(post, hamlet)) for hamlet in hamlets]
            post.used["round", at] = day + measure.every
        if communes:
            _go_round(post, at, measure, day)


def _people_of(post: Post, hamlet: int) -> list[Person]:
    return [person for person in post.people if person.hamlet == hamlet]


def _go_round(post: Post, at: int, measure: Campaign, day: int) -> None:
    """A pool is begun when there are tests for it and for each of its members."""
    queue, left = post.queue[at], min(measure.capacity, measure.stock - post.used["tests", at])
    most = 1 + (measure.pool if measure.pool > 1 else 0)
    while queue and left >= most:
        pool, queue[0] = queue[0][: measure.pool], queue[0][measure.pool :]
        tests = _sample_pool(post, measure, pool, day)
        _use_tests(post, at, tests=tests, people=len(pool))
        left -= tests
        if not queue[0]:
            queue.pop(0)


def _sample_pool(post: Post, measure: Campaign, pool: list[Person], day: int) -> int:
    dilution = measure.dilution if measure.pool > 1 else 1.0
    found = [_take(post, measure, person, day, dilution) for person in pool if not person.known and not person.pending]
    return 1 + (len(pool) if any(found) and measure.pool > 1 else 0)


def confirm(post: Post, day: int) -> None:
    """Results: isolation, the queue of the tracers, the count for cordons."""
    for person in post.due.pop(("result", day), []):
        person.pending = False
        if person.known:
            continue
        person.known, person.free = True, 0
        post.count("confirmed", person)
        post.cases[person.hamlet].append(day)
        isolation, tracing, cordon = (post.of(kind, person.commune) for kind in (Isolation, Tracing, Cordons))
        if isolation is not None:
            _isolate(post, isolation, person, day)
        if tracing is not None:
            post.queue[post.plan.index(tracing)].append((person, day))
        if cordon is not None:
            _count(post, cordon, person.hamlet, day)


def _isolate(post: Post, measure: Isolation, person: Person, day: int) -> None:
    out = max(day + measure.days, person.end) if measure.until_recovered else day + measure.days
    out = person.end if person.dies else out
    if out <= day:
        return
    has_bed = sum(other.bed == "facility" for other in post.people) < measure.beds
    if not has_bed and measure.beds > 0:
        post.use("no_bed")
    person.bed, person.out = "facility" if has_bed else "home", out


def _count(post: Post, measure: Cordons, hamlet: int, day: int) -> None:
    """The hamlet is closed when it has had enough cases, or stays closed for longer."""
    if post.opens[hamlet] > day:
        if measure.renewed:
            post.opens[hamlet] = day + measure.lasts
    elif sum(day - measure.within < case for case in post.cases[hamlet]) >= measure.cases:
        post.opens[hamlet] = day + measure.lasts
        for rounds in (other.rounds_in_cordon for other in post.plan if isinstance(other, Campaign) and other.in_cordons):
            for later in rounds:
                post.due["round", day + max(later, 1)].append(hamlet)
