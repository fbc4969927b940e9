"""What kernels work on, and the small parts that they share.

Every kernel works on one block of lanes and on nothing else, so that blocks may run in any order and side by side.
Nothing is reordered or fused by the compiler.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from numba.misc.appdirs import user_cache_dir

from morava.models.power.engine.lanes import LANES, larger, load, spread, store, where_positive

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
REGULAR_COLUMN = 1e-8
REGULAR_ROW = 1e-10
LEAST_ROOM = 1e-13
LEAST_PIVOT = 1e-12
LEAST_THETA = 1e-24
"""What is added to the diagonal, so that empty rows and free columns have a pivot."""


SETTINGS: Any = numba.config
JUST_IN_TIME: Any = numba.njit
CACHE_OF_USER: Any = user_cache_dir
F = TypeVar("F", bound=Callable[..., Any])


def kernel_folder() -> Path:
    """Return the folder of compiled kernels: the user's cache, under the hash of every file of the engine.

    Numba knows only the file of a kernel; what it takes from other files must not outlive a change there.
    """
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    base = SETTINGS.CACHE_DIR or CACHE_OF_USER("morava")
    return Path(base) / "kernels" / digest.hexdigest()[:16]


def compiled(function: F) -> F:
    """Return a function compiled for all types that it meets, without reordering, kept in the user's cache.

    Where that cannot be written the function is compiled anew by every process.
    """
    options = {"nogil": True, "error_model": "numpy"}
    before = SETTINGS.CACHE_DIR
    try:
        SETTINGS.CACHE_DIR = str(KERNELS)
        made: Any = JUST_IN_TIME(cache=True, **options)(function)
    except (RuntimeError, OSError):
        made = JUST_IN_TIME(**options)(function)
    finally:
        SETTINGS.CACHE_DIR = before
    return cast(F, made)


KERNELS = kernel_folder()


class Data(NamedTuple):
    """What does not change while a program is solved; arrays as in `Stages`.

    `next_row` and `next_column` say which number of the interface a row or a kept column is.
    """

    steps: int
    blocks: int
    columns: int
    rows: int
    core: int
    width: int
    slots: int
    factor_size: int
    lane_lengths: Numbers
    interface: Numbers
    kept: Numbers
    next_row: Numbers
    next_column: Numbers
    tie: Numbers
    first: Numbers
    second: Numbers
    constant: Array
    vary_entry: Numbers
    values: Array
    cost: Array
    lower: Array
    upper: Array
    right: Array
    absent: Array


class State(NamedTuple):
    """The point: columns, prices of rows, prices of lower and upper bounds; [block, step, kind, lane], flat."""

    x: Array
    y: Array
    low: Array
    high: Array


class Work(NamedTuple):
    """Room for a step: residuals, scaling, right sides, both directions, the factor and its vectors."""

    row_gap: Array
    column_gap: Array
    theta: Array
    side: Array
    aim: Array
    move: Array
    price_move: Array
    factor: Array
    vector: Array


@compiled
def fill_constant(block: int, data: Data, known: Array) -> None:
    """Fill the values of entries that do not vary, in every lane."""
    for entry in range(data.tie.size):
        store(known, entry, spread(data.constant[block // data.blocks, entry]))


@compiled
def fill_varying(at: int, vary_entry: Numbers, values: Array, known: Array) -> None:
    """Fill the values of entries that vary, in one stage."""
    vary = vary_entry.size
    for k in range(vary):
        store(known, vary_entry[k], load(values, at * vary + k))


@compiled
def add(array: Array, place: int, value: Any) -> None:
    """Add eight numbers to those at a place."""
    store(array, place, load(array, place) + value)


@compiled
def rooms(x: Any, lower: Any, upper: Any) -> tuple[Any, Any]:
    """Return how far columns are from both ends; never nothing, though rounding may say so."""
    return larger(x - lower, spread(LEAST_ROOM)), larger(upper - x, spread(LEAST_ROOM))


@compiled
def pushes(low: Any, high: Any, by_low: Any, by_high: Any, aim: Any, goal: Any) -> tuple[Any, Any]:
    """Return what the products of both bounds should become: the goal, less the second order of an aim."""
    return goal + aim * (low + low * by_low * aim), goal + aim * (high * by_high * aim - high)


@compiled
def price_steps(
    live: Any, low: Any, high: Any, by_low: Any, by_high: Any, to_low: Any, to_high: Any, move: Any
) -> tuple[Any, Any]:
    """Return how the prices of both bounds move with a column; nothing where there is no price, or no room."""
    nothing = spread(0.0)
    low_move = where_positive(low, (to_low - low * move) * by_low - low, nothing)
    high_move = where_positive(high, (to_high + high * move) * by_high - high, nothing)
    return where_positive(live, low_move, nothing), where_positive(live, high_move, nothing)


@compiled
def total(value: Any, room: Array) -> float:
    """Return the sum over lanes, in their order."""
    store(room, 0, value)
    found = 0.0
    for lane in range(LANES):
        found += room[lane]
    return found


@compiled
def most(value: Any, room: Array) -> float:
    """Return the largest number over lanes."""
    store(room, 0, value)
    found = float(room[0])
    for lane in range(1, LANES):
        found = max(found, room[lane])
    return found


@compiled
def lanes_of_length(lane_lengths: Numbers, block: int, length: int, room: Array) -> tuple[Any, bool]:
    """Return one in the lanes of this length and zero in others, and whether there is any."""
    some = False
    for lane in range(LANES):
        room[lane] = 0.0
        if lane_lengths[block, lane] == length:
            room[lane] = 1.0
            some = True
    return load(room, 0), some


@compiled
def lanes_longer(lane_lengths: Numbers, block: int, length: int, room: Array) -> tuple[Any, bool]:
    """Return one in the lanes longer than this and zero in others, and whether any is not."""
    short = False
    for lane in range(LANES):
        room[lane] = 1.0
        if lane_lengths[block, lane] <= length:
            room[lane] = 0.0
            short = True
    return load(room, 0), short
