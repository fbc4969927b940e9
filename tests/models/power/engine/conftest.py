"""Small random programs whose steps follow each other, of every kind that there is, and what HiGHS says of them."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import highspy
import numpy as np
import pytest
from scipy import sparse

from morava.models.power.engine import BORDER, Chronology
from morava.models.power.engine.fold import lay_out
from morava.models.power.engine.newton import Newton
from morava.models.power.engine.stages import cut_stages
from morava.models.power.program import Block, Program, _model


@dataclass(frozen=True)
class Shape:
    """What a random program looks like.

    Parameters
    ----------
    lengths : steps of each chain
    columns, rows : kinds of a stage
    edge_columns, edge_rows : columns and rows of the border
    whole : whether entries and costs are whole numbers, as degenerate as can be, or drawn from a normal distribution
    links : how rows reach over time: `ring`, `open`, `ahead` (to the step after), `day` (to the end of a stretch),
        `far` (once over the whole chain), `none`
    torn : share of rows that are missing in single steps
    wrong : share of rows whose sides are moved away from a point within all bounds
    """

    lengths: tuple[int, ...]
    columns: int
    rows: int
    edge_columns: int = 0
    edge_rows: int = 0
    whole: bool = True
    links: str = "ring"
    torn: float = 0.0
    wrong: float = 0.0


class _Drawing:
    """The entries of a program under way; a row or column is found by (kind, chain, step)."""

    def __init__(self, random, shape):
        self.random, self.shape = random, shape
        places = [(chain, step) for chain, length in enumerate(shape.lengths) for step in range(length)]
        self.places = places
        self.column_of = {
            key: number
            for number, key in enumerate((kind, *place) for kind in range(shape.columns) for place in places)
        }
        rows = [(kind, *place) for kind in range(shape.rows) for place in places if random.random() >= shape.torn]
        self.row_of = {key: number for number, key in enumerate(rows)}
        self.sizes = (len(self.row_of) + shape.edge_rows, len(self.column_of) + shape.edge_columns)
        self.entries = {}

    def number(self):
        return float(self.random.integers(-3, 4)) if self.shape.whole else float(self.random.normal())

    def add(self, row, column, value):
        if row is not None and column is not None:
            self.entries[row, column] = self.entries.get((row, column), 0.0) + value

    def add_kind(self, row_kind, column_kind, lag):
        """Tie rows of a kind to columns of a kind so many steps before; around the ring where the shape has one."""
        varies, steady, open_here = self.random.random() < 0.5, self.number(), self.shape.links != "ring"
        for chain, step in self.places:
            source, length = step - lag, self.shape.lengths[chain]
            if (open_here and not 0 <= source < length) or (varies and self.random.random() < 0.2):
                continue
            self.add(
                self.row_of.get((row_kind, chain, step)), self.column_of[column_kind, chain, source % length],
                self.number() if varies else steady,
            )  # fmt: skip

    def add_links(self, row_kind):
        """Tie a kind of rows to other steps."""
        shape, column_kind = self.shape, int(self.random.integers(self.shape.columns))
        if shape.links in ("ring", "open", "ahead"):
            for kind in range(shape.columns):
                if self.random.random() < 0.4:
                    self.add_kind(row_kind, kind, -1 if shape.links == "ahead" else 1)
        day = 5
        for chain, length in enumerate(shape.lengths):
            row = self.row_of.get((row_kind, chain, 0))
            if shape.links == "day":
                for step in range(0, length, day):
                    last = self.column_of[column_kind, chain, min(step + day, length) - 1]
                    self.add(self.row_of.get((row_kind, chain, step)), last, self.number())
            if shape.links == "far" and row_kind == 0:
                self.add(row, self.column_of[column_kind, chain, max(length - 2, 0)], self.number())

    def add_edges(self):
        """Tie rows to border columns, and border rows to all columns."""
        shape = self.shape
        rows, columns = len(self.row_of), len(self.column_of)
        for edge in range(shape.edge_columns):
            for (kind, _, _), row in self.row_of.items():
                if kind % 2 == edge % 2 and self.random.random() < 0.8:
                    self.add(row, columns + edge, self.number())
        for edge in range(shape.edge_rows):
            for (kind, _, _), column in self.column_of.items():
                if (kind + edge) % 3 and self.random.random() < 0.8:
                    self.add(rows + edge, column, self.number())
            for other in range(shape.edge_columns):
                self.add(rows + edge, columns + other, self.number())

    def matrix(self):
        for row_kind in range(self.shape.rows):
            for column_kind in range(self.shape.columns):
                if self.random.random() < 0.7:
                    self.add_kind(row_kind, column_kind, 0)
            self.add_links(row_kind)
        self.add_edges()
        rows, columns = (np.array([key[part] for key in self.entries], dtype=np.int64) for part in range(2))
        made = sparse.csr_array((np.array(list(self.entries.values()), dtype=float), (rows, columns)), shape=self.sizes)
        made.eliminate_zeros()
        made.sort_indices()
        return made

    def chronology(self):
        def labels(placed, kinds, edges):
            kind, chain, step = np.array([*placed], dtype=np.int64).reshape(-1, 3).T
            outside = np.full(edges, BORDER)
            return (
                np.concatenate([kind, kinds + np.arange(edges)]),
                np.concatenate([chain, outside]),
                np.concatenate([step, outside]),
            )

        shape = self.shape
        return Chronology(
            *labels(self.column_of, shape.columns, shape.edge_columns),
            *labels(self.row_of, shape.rows, shape.edge_rows),
        )


def random_program(seed, shape):
    """Return a program with a point inside its bounds where `wrong` is nothing, and when its parts take place."""
    random = np.random.default_rng(seed)
    drawing = _Drawing(random, shape)
    matrix = drawing.matrix()
    rows, columns = matrix.shape
    lower = np.select([random.random(columns) < 0.85, random.random(columns) < 0.5], [0.0, -np.inf], -1.0)
    upper = np.where(random.random(columns) < 0.6, random.integers(0, 5, columns).astype(float), np.inf)
    fixed = random.random(columns) < 0.05
    upper = np.where(fixed & np.isfinite(lower), lower, upper)
    point = np.clip(random.integers(0, 4, columns) * random.random(columns), lower, upper)
    activity = matrix @ point
    kind = random.random(rows)
    low = np.select(
        [kind < 0.5, kind < 0.7, kind < 0.8], [activity, activity - random.random(rows), activity - 1], -np.inf
    )
    high = np.select([kind < 0.5, kind < 0.7, kind < 0.95], [activity, np.inf, activity + random.random(rows)], np.inf)
    moved = random.integers(-1, 2, rows) * (random.random(rows) < shape.wrong)
    low, high = low + moved, high + moved
    cost = random.integers(-1, 5, columns).astype(float) if shape.whole else random.normal(size=columns) + 0.7
    cost[random.random(columns) < 0.2] = 0
    program = Program(
        "random", cost, lower, upper, low, high, matrix, (Block("x", (), 0, (columns,)),),
        (Block("r", (), 0, (rows,)),), float(random.integers(0, 3)),
    )  # fmt: skip
    return program, drawing.chronology()


def by_highs(program):
    """Return what HiGHS says: the status by its name here, the least cost, the point and the prices of rows."""
    words = {"Optimal": "solved", "Infeasible": "infeasible", "Unbounded": "unbounded", "Empty": "solved"}
    highs = _model(program)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        highs.setOptionValue("presolve", "off")
        highs.run()
    solution = highs.getSolution()
    return SimpleNamespace(
        status=words[highs.modelStatusToString(highs.getModelStatus())], cost=highs.getObjectiveValue(),
        values=np.asarray(solution.col_value), prices=np.asarray(solution.row_dual),
    )  # fmt: skip


def with_costs(program):
    """Return a program whose columns all have a lower end and a cost from nothing up, so that it has a least cost."""
    return replace(
        program, cost=np.abs(program.cost) + 0.1, lower=np.where(np.isfinite(program.lower), program.lower, -1.0)
    )


def newton_of(program, chronology, threads=1):
    """Return a program laid out, and ready for steps."""
    sheet = lay_out(program, chronology)
    return sheet, Newton(sheet, cut_stages(sheet), threads)


def dense_of(sheet):
    """Return the matrix of a laid out program, [row, column]."""
    matrix = np.zeros((len(sheet.right), len(sheet.cost)))
    np.add.at(matrix, (sheet.row, sheet.column), sheet.value)
    return matrix


@pytest.fixture(scope="session")
def made():
    """Return the makers by name."""
    return SimpleNamespace(
        Shape=Shape, random_program=random_program, with_costs=with_costs, by_highs=by_highs, newton_of=newton_of,
        dense_of=dense_of,
    )  # fmt: skip
