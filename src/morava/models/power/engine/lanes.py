"""Eight doubles at a time: a vector type for kernels, with arithmetic that is the same in every lane.

Kernels run eight parts of a chain side by side, one in each lane. Written with this type, every operation becomes one
vector instruction where the processor has one, in the order in which it stands: nothing is fused or reordered, so that
a lane holds the same bytes on every run.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, overload, register_model

LANES = 8
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)


class Lanes(types.Type):
    """The numba type of eight doubles."""


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        begin: Any = super().__init__
        begin(manager, kind, _VECTOR)


_make_type: Any = Lanes
LANES_TYPE = _make_type(name="Lanes")


def _pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Return the address of group `arguments[1]` of the array `arguments[0]`."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    place = context.cast(builder, arguments[1], signature.args[1], types.intp)
    first = builder.mul(place, ir.Constant(place.type, LANES))
    return builder.bitcast(builder.gep(array.data, [first]), _VECTOR.as_pointer())


def _declare_load(_typing: Any, array: Any, place: Any) -> Any:
    """Return the eight doubles at `8 * place` of a flat array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = builder.load(_pointer(context, builder, signature, arguments))
        found.align = 8
        return found

    return LANES_TYPE(array, place), generate


def _declare_store(_typing: Any, array: Any, place: Any, value: Any) -> Any:
    """Write eight doubles to `8 * place` of a flat array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kept = builder.store(arguments[2], _pointer(context, builder, signature, arguments))
        kept.align = 8
        return context.get_dummy_value()

    return types.void(array, place, value), generate


def _declare_spread(_typing: Any, value: Any) -> Any:
    """Return a number in every lane."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number = context.cast(builder, arguments[0], signature.args[0], types.float64)
        single = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(single, ir.Constant(_VECTOR, ir.Undefined), mask)

    return LANES_TYPE(value), generate


def _arithmetic(instruction: str) -> Any:
    def declare(_typing: Any, left: Any, right: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return getattr(builder, instruction)(*arguments)

        return LANES_TYPE(left, right), generate

    return intrinsic(declare)


_add, _subtract, _multiply, _divide = (_arithmetic(name) for name in ("fadd", "fsub", "fmul", "fdiv"))


def _choice(comparison: str) -> Any:
    def declare(_typing: Any, left: Any, right: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return builder.select(builder.fcmp_ordered(comparison, *arguments), *arguments)

        return LANES_TYPE(left, right), generate

    return intrinsic(declare)


larger = _choice(">")


def _declare_where_positive(_typing: Any, condition: Any, then: Any, otherwise: Any) -> Any:
    """Return `then` in the lanes where the condition is above zero, and `otherwise` in the others."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", arguments[0], ir.Constant(_VECTOR, None)), *arguments[1:])

    return LANES_TYPE(condition, then, otherwise), generate


load: Any = intrinsic(_declare_load)
store: Any = intrinsic(_declare_store)
spread: Any = intrinsic(_declare_spread)
where_positive: Any = intrinsic(_declare_where_positive)


def _overload(function: Any, made: Any) -> None:
    def choose(left: Any, right: Any) -> Any:
        def work(left: Any, right: Any) -> Any:
            return made(left, right)

        return work if isinstance(left, Lanes) and isinstance(right, Lanes) else None

    overload(function)(choose)


for _function, _made in (
    (operator.add, _add),
    (operator.sub, _subtract),
    (operator.mul, _multiply),
    (operator.truediv, _divide),
):
    _overload(_function, _made)
