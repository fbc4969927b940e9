"""Every step of every chain has one place, and the stages hold the matrix of the program, entry by entry."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power.engine.chronology import BORDER
from morava.models.power.engine.fold import DoesNotFitError, lay_out
from morava.models.power.engine.lanes import LANES
from morava.models.power.engine.stages import (
    EARLIER,
    FROM_BORDER,
    LATER,
    LONG_CHAIN_BLOCKS,
    SAME,
    TO_BORDER,
    cut_chains,
    cut_stages,
)

KINDS = 3
LENGTHS = [[1], [2], [7], [8], [9], [15], [16], [17], [100], [1, 1], [1, 2], [2, 50, 9], [8, 8, 8], [13, 1, 40]]


def places_of(cut, kinds=KINDS):
    """Return the place of everything, [chain] of [step, kind]."""
    return [
        cut.place(np.full((length, kinds), chain), np.arange(length)[:, None], np.arange(kinds)[None, :], kinds)
        for chain, length in enumerate(cut.lengths.tolist())
    ]


@pytest.mark.parametrize("lengths", LENGTHS)
def test_everything_has_a_place_of_its_own(lengths):
    cut = cut_chains(np.array(lengths))
    places = np.concatenate([part.ravel() for part in places_of(cut)])
    assert len(np.unique(places)) == sum(lengths) * KINDS
    assert places.min() >= 0
    assert places.max() < len(cut.lane_lengths) * cut.steps * KINDS * LANES


@pytest.mark.parametrize("lengths", LENGTHS)
def test_lanes_hold_all_steps_in_nearly_equal_parts(lengths):
    cut = cut_chains(np.array(lengths))
    blocks = LONG_CHAIN_BLOCKS if len(lengths) == 1 else 1
    assert (cut.blocks, cut.lane_lengths.shape) == (blocks, (blocks * len(lengths), LANES))
    by_chain = cut.lane_lengths.reshape(len(lengths), -1)
    assert by_chain.sum(axis=1).tolist() == lengths
    for lanes, length in zip(by_chain, lengths, strict=True):
        used = lanes[lanes > 0]
        assert len(used) == min(blocks * LANES, length)
        assert used.max() - used.min() <= 1
        assert (lanes[len(used) :] == 0).all()


@settings(deadline=None, max_examples=50, derandomize=True, database=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_steps_that_follow_each_other_lie_in_one_lane_or_begin_the_next(lengths):
    cut = cut_chains(np.array(lengths))
    for chain, places in enumerate(places_of(cut, 1)):
        lane, rest = places[:, 0] % LANES, places[:, 0] // LANES
        block, step = np.divmod(rest, cut.steps)
        assert set(block.tolist()) <= set(range(chain * cut.blocks, (chain + 1) * cut.blocks))
        number = (block - chain * cut.blocks) * LANES + lane
        begins = np.diff(number) == 1
        assert (np.diff(number)[~begins] == 0).all()
        assert (np.diff(step)[~begins] == 1).all()
        assert step[0] == 0
        assert (step[1:][begins] == 0).all()
        assert (step[:-1][begins] == cut.lane_lengths[block, lane][:-1][begins] - 1).all()


def matrix_of(stages, sheet):
    """Return the matrix that stages hold, [row, column] of the sheet, read step by step."""
    made = np.zeros((len(sheet.right), len(sheet.cost)))
    inside, held = sheet.column_chain != BORDER, sheet.row_chain != BORDER
    column_at = dict(zip(stages.column_place[inside].tolist(), np.flatnonzero(inside).tolist(), strict=True))
    row_at = dict(zip(stages.row_place[held].tolist(), np.flatnonzero(held).tolist(), strict=True))
    edge_columns, edge_rows = np.flatnonzero(~inside), np.flatnonzero(~held)
    varying = int(stages.varying.max(initial=-1)) + 1
    for chain, length in enumerate(stages.cut.lengths.tolist()):
        for step in range(length):

            def at(kind, kinds, later=0, chain=chain, step=step, length=length):
                where = (np.array(chain), np.array((step + later) % length), np.array(kind), kinds)
                return int(stages.cut.place(*where))

            for entry, tie in enumerate(stages.tie.tolist()):
                first, second = int(stages.first[entry]), int(stages.second[entry])
                number = int(stages.varying[entry])
                value = stages.constant[chain, entry] if number < 0 else stages.values[at(number, varying)]
                if value == 0:
                    continue
                if tie == FROM_BORDER:
                    row = edge_rows[stages.slot_node[chain, first] - len(edge_columns)]
                else:
                    row = row_at[at(first, stages.rows, later=int(tie == LATER))]
                if tie == TO_BORDER:
                    column = edge_columns[stages.slot_node[chain, second]]
                else:
                    column = column_at[at(second, stages.columns, later=int(tie == EARLIER))]
                made[row, column] += value
    border = (~held[sheet.row]) & (~inside[sheet.column])
    np.add.at(made, (sheet.row[border], sheet.column[border]), sheet.value[border])
    return made


@settings(deadline=None, max_examples=60, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(3, 24), min_size=1, max_size=3),
    edges=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    links=st.sampled_from(["ring", "open", "ahead", "day", "far", "none"]),
    torn=st.sampled_from([0.0, 0.3]),
)
def test_stages_hold_the_matrix_of_the_program(made, seed, lengths, edges, links, torn):
    program, chronology = made.random_program(seed, made.Shape(tuple(lengths), 4, 3, *edges, False, links, torn))
    sheet = lay_out(program, chronology)
    stages = cut_stages(sheet)
    np.testing.assert_array_equal(matrix_of(stages, sheet), made.dense_of(sheet))
    inside, held = sheet.column_chain != BORDER, sheet.row_chain != BORDER
    for kept, given_ in ((stages.cost, sheet.cost), (stages.lower, sheet.lower), (stages.upper, sheet.upper)):
        assert (kept[stages.column_place[inside]] == given_[inside]).all()
    assert (stages.right[stages.row_place[held]] == sheet.right[held]).all()
    assert stages.absent.sum() == len(stages.absent) - held.sum()
    assert (stages.absent[stages.row_place[held]] == 0).all()


def test_an_entry_is_kept_once_where_it_never_varies(made):
    program, chronology = made.random_program(1, made.Shape((20,), 3, 2, links="ring"))
    stages = cut_stages(lay_out(program, chronology))
    assert set(stages.tie.tolist()) <= {SAME, LATER, EARLIER}
    assert (stages.constant[0][stages.varying >= 0] == 0).all()
    assert (stages.varying < 0).any()
    assert len(stages.values) == (stages.varying >= 0).sum() * LANES * stages.cut.steps * stages.cut.blocks


def test_a_border_that_is_not_thin_does_not_fit(made, monkeypatch):
    program, chronology = made.random_program(1, made.Shape((6,), 3, 2, 2, 2))
    sheet = lay_out(program, chronology)
    monkeypatch.setattr("morava.models.power.engine.stages.MOST_BORDER", 3)
    with pytest.raises(DoesNotFitError, match="4 rows and columns of the border touch one chain"):
        cut_stages(sheet)
