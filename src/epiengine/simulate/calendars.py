"""Calendars: what falls due on which day, as lists of 64-bit words in chunks.

A calendar has lanes, each with its own chunks, so that two threads never write to the same list; a slot is one day's list of one kind.
Words come out in the order in which they were put in. A day's chunks go back to their lane when the day is done, so a calendar is as
large as the work that lies ahead and not as the population. A list is walked so:

    at = start(book, lane, slot)
    while at != END:
        word = book.words[lane, at]
        at = following(book, lane, at)
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from epiengine.arrays import Int32, Int64
from epiengine.jit import inner
from epiengine.rng import whole
from epiengine.simulate.person import UInt64

CHUNK: Final = 128
#: Words between what two lanes write: a pair of cache lines, which the machine fetches together, for no two threads to quarrel about.
APART: Final = 16
END: Final = -1
_FREE, _EVER, _BACK, _LOST, _SHORT = range(5)


class Calendar(NamedTuple):
    """p lanes of k chunks and s slots.

    words        uint64[p, k * CHUNK]
    fill, after  int32[p, k]: words in a chunk; the chunk after it in its slot or in the list of free ones
    stock        int64[p, APART]: first free chunk, chunks ever used, chunks given back and waiting, words lost for want of room (0, always),
                 and whether a step found too little room
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
    stock = np.zeros((lanes, APART), dtype=np.int64)
    stock[:, _FREE] = END
    return Calendar(
        ring=ring,
        words=np.empty((lanes, chunks * CHUNK), dtype=np.uint64),
        fill=np.empty((lanes, chunks), dtype=np.int32),
        after=np.empty((lanes, chunks), dtype=np.int32),
        stock=stock,
        first=np.full((lanes, slots), END, dtype=np.int32),
        last=np.full((lanes, slots), END, dtype=np.int32),
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


def enlarged(book: Calendar) -> Calendar:
    """With twice the room if it has been found short of it, else as it is."""
    if not book.stock[:, _SHORT].any():
        return book
    book.stock[:, _SHORT] = 0
    return copied(book, chunks=2 * book.fill.shape[1])


def lost(book: Calendar) -> int:
    """Words that found no room: more than none is an error of this program, and ends the run."""
    return int(book.stock[:, _LOST].sum())


@inner
def _open_chunk(book: Calendar, lane: int, slot: int) -> int:
    chunk = book.stock[lane, _FREE]
    if chunk != END:
        book.stock[lane, _FREE] = book.after[lane, chunk]
        book.stock[lane, _BACK] -= 1
    else:
        chunk = book.stock[lane, _EVER]
        if chunk == book.fill.shape[1]:
            book.stock[lane, _LOST] += 1
            return END
        book.stock[lane, _EVER] = chunk + 1
    book.fill[lane, chunk], book.after[lane, chunk] = 0, END
    if book.first[lane, slot] == END:
        book.first[lane, slot] = chunk
    else:
        book.after[lane, book.last[lane, slot]] = chunk
    book.last[lane, slot] = chunk
    return chunk  # type: ignore[no-any-return]


@inner
def put(book: Calendar, lane: int, slot: int, what: Any) -> None:
    """Write one word behind the others of the slot."""
    chunk = whole(book.last[lane, slot])
    if chunk == END or book.fill[lane, chunk] == CHUNK:
        chunk = whole(_open_chunk(book, lane, slot))
        if chunk == END:
            return
    book.words[lane, chunk * CHUNK + book.fill[lane, chunk]] = what
    book.fill[lane, chunk] += 1


@inner
def clear(book: Calendar, lane: int, slot: int) -> None:
    """Give the slot's chunks back to the lane."""
    chunk = whole(book.first[lane, slot])
    while chunk != END:
        behind = whole(book.after[lane, chunk])
        book.after[lane, chunk] = book.stock[lane, _FREE]
        book.stock[lane, _FREE] = chunk
        book.stock[lane, _BACK] += 1
        chunk = behind
    book.first[lane, slot] = book.last[lane, slot] = END


@inner
def count(book: Calendar, lane: int, slot: int) -> int:
    """How many words the slot holds."""
    found, chunk = 0, whole(book.first[lane, slot])
    while chunk != END:
        found += book.fill[lane, chunk]
        chunk = whole(book.after[lane, chunk])
    return found


@inner
def start(book: Calendar, lane: int, slot: int) -> int:
    """Where the slot's first word stands, or END."""
    chunk = whole(book.first[lane, slot])
    return END if chunk == END else chunk * CHUNK


@inner
def following(book: Calendar, lane: int, at: int) -> int:
    """Where the word behind this one stands, or END."""
    chunk = at // CHUNK
    if at + 1 < chunk * CHUNK + book.fill[lane, chunk]:
        return at + 1
    chunk = whole(book.after[lane, chunk])
    return END if chunk == END else chunk * CHUNK


@inner
def drop_first(book: Calendar, lane: int, slot: int) -> None:
    """Give the slot's first chunk back: its words have been served."""
    chunk = whole(book.first[lane, slot])
    book.first[lane, slot] = book.after[lane, chunk]
    if book.first[lane, slot] == END:
        book.last[lane, slot] = END
    book.after[lane, chunk] = book.stock[lane, _FREE]
    book.stock[lane, _FREE] = chunk
    book.stock[lane, _BACK] += 1


@inner
def has_room(book: Calendar, lane: int, words: int, lists: int) -> bool:
    """Can the lane take so many words, which go to so many lists? If not, the calendar is marked as short of room."""
    free = book.fill.shape[1] - book.stock[lane, _EVER] + book.stock[lane, _BACK]
    if free >= min(words, lists) + words // CHUNK + 1:
        return True
    book.stock[lane, _SHORT] = 1
    return False
