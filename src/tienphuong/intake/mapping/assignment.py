"""One column, one meaning, the best total: the assignment problem, solved by shortest augmenting paths."""

from collections.abc import Sequence

_INFINITE = float("inf")


def assign(gains: Sequence[dict[int, float]], *, threshold: float) -> list[int | None]:
    """For each row of gains the option it takes, or None; no option is taken twice and the sum of gains is greatest.

    Staying without an option is worth `threshold`, so only gains above it are ever taken."""
    options = sorted({option for row in gains for option in row})
    place = {option: index for index, option in enumerate(options)}
    width = len(options) + len(gains)
    costs = []
    for index, row in enumerate(gains):
        line = [_INFINITE] * width
        for option, gain in row.items():
            line[place[option]] = -gain
        line[len(options) + index] = -threshold
        costs.append(line)
    taken = _cheapest(costs, width)
    return [options[column] if column < len(options) else None for column in taken]


def _cheapest(costs: list[list[float]], width: int) -> list[int]:
    """The column of each row in the cheapest complete matching; rows <= columns (Jonker and Volgenant 1987)."""
    owner = [-1] * (width + 1)
    low, high = [0.0] * len(costs), [0.0] * (width + 1)
    for row in range(len(costs)):
        _augment(row, costs=costs, width=width, owner=owner, low=low, high=high)
    answer = [-1] * len(costs)
    for column in range(width):
        if owner[column] >= 0:
            answer[owner[column]] = column
    return answer


def _augment(row: int, *, costs: list[list[float]], width: int, owner: list[int], low: list[float], high: list[float]) -> None:
    """Gives one more row a column, moving others along the cheapest path; the extra last column is the path's root."""
    owner[width] = row
    reach, parent, done = [_INFINITE] * width, [width] * width, [False] * (width + 1)
    at = width
    while owner[at] >= 0:
        done[at] = True
        here = owner[at]
        for column in (c for c in range(width) if not done[c]):
            distance = costs[here][column] - low[here] - high[column]
            if distance < reach[column]:
                reach[column], parent[column] = distance, at
        following = min((c for c in range(width) if not done[c]), key=reach.__getitem__)
        _lower(reach[following], width=width, done=done, reach=reach, owner=owner, low=low, high=high)
        at = following
    while at != width:
        owner[at] = owner[parent[at]]
        at = parent[at]
    owner[width] = -1


def _lower(step: float, *, width: int, done: list[bool], reach: list[float], owner: list[int], low: list[float], high: list[float]) -> None:
    """Moves the prices by the length of the step, so that reduced costs stay above zero."""
    for column in range(width + 1):
        if done[column]:
            low[owner[column]] += step
            high[column] -= step
        elif column < width:
            reach[column] -= step
