import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.economy.accounts import read_accounts


def test_blocks_hold_every_cell_of_the_table(make_table):
    table, labels, roles = make_table(3, 4)
    accounts = read_accounts(table, labels, roles, "table")
    passed_on = table[labels.index("households"), [labels.index(name) for name in ("labour", "capital")]].sum()
    passed_on += table[
        labels.index("state"),
        [labels.index(name) for name in ("tax on production", "duty", "tax on use", "tax on users")],
    ].sum()
    passed_on += table[labels.index("state"), labels.index("income tax")]
    blocks = [value for value in vars(accounts).values() if isinstance(value, np.ndarray)]
    assert sum(block.sum() for block in blocks) == pytest.approx(table.sum() - passed_on, rel=1e-12)
    assert accounts.sectors == tuple(labels[:4])
    assert accounts.factors == ("labour", "capital")
    uses = accounts.household + accounts.government + accounts.investment
    spent = uses.sum() + accounts.exports.sum() - accounts.imports.sum()
    spent += (accounts.household_tax + accounts.government_tax + accounts.investment_tax)[0]
    assert accounts.product[0] == pytest.approx(spent, rel=1e-12)


def test_accounts_may_differ_between_futures(make_table):
    first, labels, roles = make_table(1, 3)
    second = make_table(2, 3)[0]
    both = read_accounts(np.stack([first, second]), labels, roles, "tables")
    for place, table in enumerate((first, second)):
        one = read_accounts(table, labels, roles, "table")
        np.testing.assert_array_equal(both.intermediate[place], one.intermediate[0])
        assert both.direct_tax[place] == one.direct_tax[0]


def test_accounts_of_one_role_are_added_up(make_table):
    table, labels, roles = make_table(1, 3)
    place = labels.index("labour")
    split = np.insert(np.insert(table, place, 0.0, axis=0), place, 0.0, axis=1)
    for axis in (0, 1):
        cells = np.take(split, place + 1, axis=axis)
        moved = [slice(None), slice(None)]
        moved[axis] = place
        split[tuple(moved)] = 0.3 * cells
        moved[axis] = place + 1
        split[tuple(moved)] = 0.7 * cells
    names = [*labels[:place], "unskilled", *labels[place:]]
    one = read_accounts(split, names, roles | {"unskilled": "labour"}, "table")
    np.testing.assert_allclose(one.labour, read_accounts(table, labels, roles, "table").labour, rtol=1e-12)
    assert one.factors == ("unskilled", "labour", "capital")


def test_what_is_paid_between_accounts_abroad_drops_out_and_lending_abroad_is_net(make_table):
    table, labels, roles = make_table(1, 3)
    plain = read_accounts(table, labels, roles, "table")
    wide = np.pad(table, (0, 1))
    owners, world, saving = len(labels), labels.index("world"), labels.index("saving")
    profits = table[world, labels.index("capital")]
    wide[world, labels.index("capital")], wide[owners, labels.index("capital")] = 0.0, profits
    # Owners take some home and leave the rest; more is lent abroad than that.
    wide[world, owners], wide[saving, owners] = 0.4 * profits, 0.6 * profits
    wide[world, saving] = 0.6 * profits
    names, kinds = [*labels, "foreign owners"], roles | {"foreign owners": "abroad"}
    found = read_accounts(wide, names, kinds, "table")
    for name, block in vars(plain).items():
        if isinstance(block, np.ndarray):
            np.testing.assert_allclose(vars(found)[name], block, rtol=1e-12, atol=1e-12, err_msg=name)


def test_all_problems_come_at_once(make_table):
    table, labels, roles = make_table(1, 3)
    table[0, 1] = -1.0
    table[labels.index("duty"), labels.index("world")] = 4.0
    with pytest.raises(MoravaError) as error:
        read_accounts(table, labels, roles, "table")
    text = str(error.value)
    assert "account sector 0 receives" in text
    assert "cell (sector 0, sector 1) is -1" in text
    assert "cell (duty, world) holds what abroad pays import duty" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t, n, r: (t, n, {k: v for k, v in r.items() if k != "state"}), "account state has no role"),
        (lambda t, n, r: (t, n, r | {"state": "goverment"}), "did you mean government?"),
        (lambda t, n, r: (t, n, r | {"church": "household"}), "a role for church"),
        (lambda t, n, r: (t, n, r | {"capital": "labour"}), "no account is capital"),
        (lambda t, n, r: (t[:-1], n, r), "has the shape"),
        (lambda t, n, r: (np.where(t > 0, t, np.nan), n, r), "no number in cell"),
        (lambda t, n, r: (t, ["sector 1", *n[1:]], r), "account sector 1 stands twice"),
    ],
)
def test_a_wrong_table_is_refused(make_table, change, says):
    with pytest.raises(MoravaError, match=says.replace("(", r"\(").replace("?", r"\?")):
        read_accounts(*change(*make_table(1, 3)), "table")


def test_the_tolerance_decides_what_is_balanced(make_table):
    table, labels, roles = make_table(1, 3)
    table[0, 1] *= 1 + 1e-6
    with pytest.raises(MoravaError, match="balance the table"):
        read_accounts(table, labels, roles, "table")
    assert read_accounts(table, labels, roles, "table", tolerance=1e-5).sectors == tuple(labels[:3])
