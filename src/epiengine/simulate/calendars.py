"""Calendars: what falls due on which day, as lists of 64-bit words in chunks.

A calendar has lanes, each with its own chunks, so that two threads never write to the same list; a slot is one day's list of one kind.
Words come out in the order in which they were put in. A day's chunks go back to their lane when the day is done, so a calendar is as
large as the work that lies ahead and not as the population.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.person import UInt64

CHUNK: Final = 128
_NONE: Final = -1
_FREE, _EVER, _BACK, _LOST = range(4)


class Calendar(NamedTuple):
    """p lanes of k chunks and s slots.

    words        uint64[p, k * CHUNK]
    fill, after  int32[p, k]: words in a chunk; the chunk after it in its slot or in the list of free ones
    stock        int64[p, 4]: first free chunk, chunks ever used, chunks given back and waiting, words lost for want of room (0, always)
    first, last  int32[p, s]: chunks of a slot
    ring         days of a slot's ring, a power of two (see `slots.py`)
    """

    ring: int
    words: UInt64
    fill: Int32
    after: Int32
    stock: Int64
    first: Int32
    last: Int32


def calendar(*, lanes: int, slots: int, chunks: int, ring: int) -> Calendar:
    """An empty one. Memory that is not written to is not taken from the machine."""
    stock = np.zeros((lanes, 4), dtype=np.int64)
    stock[:, _FREE] = _NONE
    return Calendar(
        ring=ring,
        words=np.empty((lanes, chunks * CHUNK), dtype=np.uint64),
        fill=np.empty((lanes, chunks), dtype=np.int32),
        after=np.empty((lanes, chunks), dtype=np.int32),
        stock=stock,
        first=np.full((lanes, slots), _NONE, dtype=np.int32),
        last=np.full((lanes, slots), _NONE, dtype=np.int32),
    )


def copied(old: Calendar, *, chunks: int = 0) -> Calendar:
    """The same words in arrays of their own, with room for at least so many chunks a lane."""
    lanes, slots = old.first.shape
    new = calendar(lanes=lanes, slots=slots, chunks=max(chunks, old.fill.shape[1]), ring=old.ring)
    used = int(old.stock[:, _EVER].max())
    new.words[:, : used * CHUNK] = old.words[:, : used * CHUNK]
    new.fill[:, :used], new.after[:, :used] = old.fill[:, :used], old.after[:, :used]
    new.stock[:], new.first[:], new.last[:] = old.stock, old.first, old.last
    return new


def lost(book: Calendar) -> int:
    """Words that found no room: more than none is an error of this program."""
    return int(book.stock[:, _LOST].sum())


@inner
def room(book: Calendar, lane: int) -> int:
    """How many chunks the lane can still open."""
    return book.fill.shape[1] - book.stock[lane, _EVER] + book.stock[lane, _BACK]  # type: ignore[no-any-return]


@inner
def _open_chunk(book: Calendar, lane: int, slot: int) -> int:
    chunk = book.stock[lane, _FREE]
    if chunk != _NONE:
        book.stock[lane, _FREE] = book.after[lane, chunk]
        book.stock[lane, _BACK] -= 1
    else:
        chunk = book.stock[lane, _EVER]
        if chunk == book.fill.shape[1]:
            book.stock[lane, _LOST] += 1
            return _NONE
        book.stock[lane, _EVER] = chunk + 1
    book.fill[lane, chunk], book.after[lane, chunk] = 0, _NONE
    if book.first[lane, slot] == _NONE:
        book.first[lane, slot] = chunk
    else:
        book.after[lane, book.last[lane, slot]] = chunk
    book.last[lane, slot] = chunk
    return chunk  # type: ignore[no-any-return]


@inner
def put(book: Calendar, lane: int, slot: int, what: Any) -> None:
    """Write one word behind the others of the slot."""
    chunk = whole(book.last[lane, slot])
    if chunk == _NONE or book.fill[lane, chunk] == CHUNK:
        chunk = whole(_open_chunk(book, lane, slot))
        if chunk == _NONE:
            return
    book.words[lane, chunk * CHUNK + book.fill[lane, chunk]] = what
    book.fill[lane, chunk] += 1


@inner
def clear(book: Calendar, lane: int, slot: int) -> None:
    """Give the slot's chunks back to the lane."""
    chunk = whole(book.first[lane, slot])
    while chunk != _NONE:
        following = whole(book.after[lane, chunk])
        book.after[lane, chunk] = book.stock[lane, _FREE]
        book.stock[lane, _FREE] = chunk
        book.stock[lane, _BACK] += 1
        chunk = following
    book.first[lane, slot] = book.last[lane, slot] = _NONE


@inner
def count(book: Calendar, lane: int, slot: int) -> int:
    """How many words the slot holds."""
    found, chunk = 0, whole(book.first[lane, slot])
    while chunk != _NONE:
        found += book.fill[lane, chunk]
        chunk = whole(book.after[lane, chunk])
    return found


@inner
def drop_first(book: Calendar, lane: int, slot: int) -> None:
    """Give the slot's first chunk back: its words have been served."""
    chunk = whole(book.first[lane, slot])
    book.first[lane, slot] = book.after[lane, chunk]
    if book.first[lane, slot] == _NONE:
        book.last[lane, slot] = _NONE
    book.after[lane, chunk] = book.stock[lane, _FREE]
    book.stock[lane, _FREE] = chunk
    book.stock[lane, _BACK] += 1


@inner
def chunks_for(book: Calendar, words: int) -> int:
    """How many chunks so many words can open at most."""
    return min(words, book.first.shape[1]) + words // CHUNK + 1  # type: ignore[no-any-return]
