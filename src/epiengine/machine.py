"""What the machine can do and numba does not offer: to ask for memory before it is needed, and to count among threads.

A kernel over many people spends its time waiting for their rows: one that lies outside the caches costs a hundred nanoseconds, but the
machine can wait for a dozen at once if it is told in time which they will be.
"""

from __future__ import annotations

from typing import Any

from epiengine.arrays import Int64
from epiengine.jit import COMPILED, inner


def _place(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    """Where array[index, ...] stands, as a pointer to bytes; the index is not checked."""
    from llvmlite import ir

    shaped = context.make_array(kind)(context, builder, array)
    stride = builder.extract_value(shaped.strides, 0)
    start = builder.bitcast(shaped.data, ir.IntType(8).as_pointer())
    return builder.gep(start, [builder.mul(stride, index)])


def _machine() -> tuple[Any, Any, Any]:
    from llvmlite import ir
    from numba import types
    from numba.core import cgutils
    from numba.extending import intrinsic

    whole, byte, word = ir.IntType(32), ir.IntType(8).as_pointer(), ir.IntType(64)

    @intrinsic
    def prefetch(typing: Any, array: Any, index: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            asks = ir.FunctionType(ir.VoidType(), [byte, whole, whole, whole])
            known = cgutils.get_or_insert_function(builder.module, asks, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
            place = _place(context, builder, signature.args[0], *arguments)
            # to read, with the longest time to stay, as data
            builder.call(known, [place, whole(0), whole(3), whole(1)])
            return context.get_dummy_value()

        return types.void(array, types.int64), code

    @intrinsic
    def count_up(typing: Any, array: Any, index: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = builder.bitcast(_place(context, builder, signature.args[0], *arguments), word.as_pointer())
            return builder.atomic_rmw("add", place, word(1), "acq_rel")

        return types.int64(array, types.int64), code

    @intrinsic
    def read_now(typing: Any, array: Any, index: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = builder.bitcast(_place(context, builder, signature.args[0], *arguments), word.as_pointer())
            return builder.load_atomic(place, "acquire", 8)

        return types.int64(array, types.int64), code

    return prefetch, count_up, read_now


if COMPILED:
    _prefetch, _count_up, _read_now = _machine()

    @inner
    def prefetch(array: Any, index: int) -> None:
        """Ask for the row of an array; an index outside it does no harm."""
        _prefetch(array, index)

    @inner
    def count_up(counts: Int64, index: int) -> int:
        """Add one to a count that other threads count on too; the answer is what it was. What was written before is seen by who reads the count."""
        return _count_up(counts, index)  # type: ignore[no-any-return]

    @inner
    def read_now(counts: Int64, index: int) -> int:
        """What the count is now, with all that was written before it was counted up."""
        return _read_now(counts, index)  # type: ignore[no-any-return]

else:

    def prefetch(array: Any, index: int) -> None:
        """Nothing to be done where nothing is compiled."""

    def count_up(counts: Int64, index: int) -> int:
        """As above, for one thread."""
        counts[index] += 1
        return int(counts[index]) - 1

    def read_now(counts: Int64, index: int) -> int:
        """As above, for one thread."""
        return int(counts[index])


__all__ = ["count_up", "prefetch", "read_now"]
