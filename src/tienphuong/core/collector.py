"""The garbage collector, kept from walking over everything alive while rows are made by the hundred thousand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """While a batch is made: what it leaves behind is freed by reference count, so a search for cycles finds nothing and costs a third.

    Two threads may rest at once: whoever found the collector at work sets it to work again, and no cycle outlives the batch for long.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
