"""The interfaces of the lanes of one chain, which close to a ring, and their ties to the border."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.models.power.engine.dense import Dense
from morava.models.power.engine.lanes import LANES
from morava.models.power.engine.stages import Stages

Array = npt.NDArray[np.float64]


class Ring:
    """The interfaces of the lanes of one chain, closed to a ring, and their ties to the border."""

    def __init__(self, chain: int, stages: Stages) -> None:
        self.chain, self.count = chain, stages.cut.blocks
        self.blocks = slice(chain * self.count, (chain + 1) * self.count)
        self.active = int(stages.cut.active[chain])
        self.width, self.slots = len(stages.interface), stages.slots
        size = 2 * self.width + self.slots
        high, low = np.tril_indices(size)
        self.high, self.low = high, low
        self.size = size
        self.factor = Dense(np.zeros((0, 0)))
        self.ties = np.zeros((self.active * self.width, self.slots))
        self.right = np.zeros(self.active * self.width)

    def lanes(self, values: Array) -> Array:
        """Return [block, interface, lane] of this chain as [active lane, interface]."""
        return np.asarray(values[self.blocks].transpose(0, 2, 1).reshape(-1, values.shape[1])[: self.active])

    def blocked(self, values: Array) -> Array:
        """Return [active lane, interface] as [block, interface, lane], zero in lanes that are not used."""
        full = np.zeros((self.count * LANES, values.shape[1]))
        full[: self.active] = values
        return np.asarray(full.reshape(self.count, LANES, -1).transpose(0, 2, 1))

    def eliminate(self, out: Array) -> Array:
        """Eliminate the ring; return what falls to the border slots."""
        packed = out[self.blocks].transpose(0, 2, 1).reshape(self.count * LANES, -1)[: self.active]
        dense = np.zeros((self.active, self.size, self.size))
        dense[:, self.high, self.low] = packed
        dense[:, self.low, self.high] = packed
        width, edge = self.width, 2 * self.width
        ring = np.zeros((self.active, width, self.active, width))
        self.ties = np.zeros((self.active, width, self.slots))
        for lane in range(self.active):
            after = (lane + 1) % self.active
            part = dense[lane]
            ring[after, :, after, :] += part[:width, :width]
            ring[lane, :, lane, :] += part[width:edge, width:edge]
            ring[after, :, lane, :] += part[:width, width:edge]
            ring[lane, :, after, :] += part[width:edge, :width]
            self.ties[after] += part[:width, edge:]
            self.ties[lane] += part[width:edge, edge:]
        own = dense[:, edge:, edge:].sum(axis=0)
        self.ties = self.ties.reshape(self.active * width, self.slots)
        if not width:
            return np.asarray(own)
        self.factor = Dense(ring.reshape(self.active * width, -1))
        return np.asarray(own - self.ties.T @ self.factor.solve(self.ties))

    def forward(self, left: Array, carried: Array) -> Array:
        """Take the right sides of all interfaces; return what falls to the border slots."""
        if not self.width:
            return np.zeros(self.slots)
        self.right = (self.lanes(left) + np.roll(self.lanes(carried), 1, axis=0)).ravel()
        return np.asarray(-self.ties.T @ self.factor.solve(self.right))

    def backward(self, slots: Array, left: Array, after: Array) -> None:
        """Fill the unknowns of the interfaces of every lane's first stage, and of the next lane's."""
        if not self.width:
            return
        found = self.factor.solve(self.right - self.ties @ slots)
        values = found.reshape(self.active, self.width)
        left[self.blocks] = self.blocked(values)
        after[self.blocks] = self.blocked(np.roll(values, -1, axis=0))
