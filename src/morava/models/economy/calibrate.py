"""An economy in calibrated shares, from its accounts and its structure, and the conditions of its base year."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from morava.errors import Problems
from morava.models.batches import Array, total
from morava.models.economy.accounts import Accounts, Labels
from morava.models.economy.options import Structure, check_structure

SAME = 1e-9
"""How far profits abroad by sector may sum from those of the accounts, as a part of capital income."""


@dataclass(frozen=True)
class Economy:
    """What does not change from year to year. Quantities are values at base prices, before taxes on them.

    [future, sector]: `output` (at cost), `sold` (output with its tax), `labour`, `capital`, `home` (sold at home),
    `exports`, `imports`, `used` (home and imported goods together, at base prices, duty included). Uses in units of
    that: `household`, `government`, `investment`. `inputs` [future, input, sector] too. Shares: `home_share` of use,
    `export_share` of sales; `input_share` [future, sector, input] and `bundle_share` of cost (the bundle of labour,
    capital and energy), `labour_share` of the bundle, `capital_share` and `energy_share` [future, energy, sector] of
    capital with energy. `budget_share` of base consumption, `marginal_share` of what is spent beyond `subsistence`
    (units of use), `investment_share` and `government_share` of spending. `energy` are places of energy sectors.
    `investment_goods` are the goods in a unit of investment, in units of use. `accounts` is what all this is made of.
    """

    structure: Structure
    accounts: Accounts
    sectors: Labels
    energy: tuple[int, ...]
    output: Array
    sold: Array
    labour: Array
    capital: Array
    home: Array
    exports: Array
    imports: Array
    used: Array
    household: Array
    government: Array
    investment: Array
    inputs: Array
    home_share: Array
    export_share: Array
    input_share: Array
    bundle_share: Array
    labour_share: Array
    capital_share: Array
    energy_share: Array
    budget_share: Array
    marginal_share: Array
    subsistence: Array
    investment_share: Array
    government_share: Array
    tax_before: Array
    """One plus the commodity tax of the base."""
    duty_before: Array
    made_tax_before: Array
    input_tax_before: Array
    """One plus the tax on what a sector buys, [future, sector]."""
    household_tax_before: Array
    """One plus the tax on what households buy, [future]; those of the government and of investment are alike."""
    government_tax_before: Array
    investment_tax_before: Array
    investment_goods: Array
    size: Array
    """Gross domestic product of the base, [future]."""


@dataclass(frozen=True)
class Conditions:
    """What is given for one year; every array has `future` first, of length one where it is the same in all.

    Factors to the base, [future, sector]: `capital` (of length one over sectors where capital is mobile),
    `productivity` (of labour, capital and energy together), `import_price` and `export_price` (abroad), `export_demand`
    (abroad, with exports by demand), `government_demand` (real). [future]: `labour`, `population`.

    Rates: `production_tax` (of cost), `import_duty`, `commodity_tax` (of price), `input_tax` (of what a sector buys)
    [future, sector]; `household_tax`, `government_tax`, `investment_tax` (of what these buy; zero is none),
    `direct_tax` (of factor income) [future], the last unused where it adjusts; `saving_share` (of household income
    after tax), and `government_saving_share` (of net revenue), used where spending is a share, [future].
    `foreign_share` [future, sector] is the part of capital that foreigners own.

    Amounts, in the unit of the accounts: real ones `transfers` (of government to household), `government_balance` (what
    it saves less public projects; used where the direct tax adjusts), `investment` (private, units of the composite;
    used with borrowing), `public_project` [future, sector] (goods, units of use), `foreign_project` (units of the
    composite that foreigners buy at home with money from abroad, beside `foreign_saving`; used where that is given); in
    foreign money `remittances`, `grants`, `interest_abroad`, `foreign_saving` (used where it is given),
    `project_import` and `public_import` (goods for projects of foreigners and of the state that are bought straight
    abroad, free of duty and tax). `real_rate` is the price of foreign money over that of consumption, used
    where it is given. `reference_wage` is the real wage at which unemployment is that of the base. `numeraire` is the
    price of the numeraire.
    """

    capital: Array
    productivity: Array
    import_price: Array
    export_price: Array
    export_demand: Array
    government_demand: Array
    labour: Array
    population: Array
    production_tax: Array
    import_duty: Array
    commodity_tax: Array
    input_tax: Array
    household_tax: Array
    government_tax: Array
    investment_tax: Array
    direct_tax: Array
    saving_share: Array
    government_saving_share: Array
    foreign_share: Array
    transfers: Array
    government_balance: Array
    investment: Array
    public_project: Array
    foreign_project: Array
    remittances: Array
    grants: Array
    interest_abroad: Array
    foreign_saving: Array
    project_import: Array
    public_import: Array
    real_rate: Array
    reference_wage: Array
    numeraire: Array


def calibrate(accounts: Accounts, structure: Structure, where: str) -> Economy:
    """Return the economy whose base equilibrium the accounts are.

    Raises
    ------
    MoravaError
        Elasticities that no economy has, energy that is no sector, sectors that make or sell nothing at home, sectors
        without capital where it is fixed: all at once.
    """
    problems = Problems()
    check_structure(structure, accounts.sectors, where, problems)
    tax = _rate(accounts.commodity_tax, _basic_use(accounts), accounts, where, "commodity tax", problems)
    output = total(accounts.intermediate, 1) + accounts.input_tax + accounts.labour + accounts.capital
    made_tax = _rate(accounts.production_tax, output, accounts, where, "production tax", problems)
    duty = _rate(accounts.import_duty, accounts.imports, accounts, where, "import duty", problems)
    by_user = _user_rates(accounts, where, problems)
    sold = output * made_tax
    home = sold - accounts.exports
    for name, values in (("makes", output), ("sells at home", home)):
        for place in np.flatnonzero((values <= 0).any(axis=0)):
            problems.add(
                f"{accounts.sectors[place]} {name} nothing", where, "join it to another sector, or mend its row"
            )
    if structure.capital == "fixed":
        for place in np.flatnonzero((accounts.capital <= 0).any(axis=0)):
            problems.add(
                f"{accounts.sectors[place]} has no capital, which is fixed in each sector",
                where,
                "give it some capital income, or let capital be mobile",
            )
    for name, bought in (("households", accounts.household), ("investment", accounts.investment)):
        if not (total(bought, 1) > 0).all():
            problems.add(f"{name} buys nothing", where, "an economy consumes and invests")
    problems.raise_if_any()
    return _shares(accounts, structure, (tax, duty, made_tax), by_user, output, home)


def _basic_use(accounts: Accounts) -> Array:
    """Return what is used of each sector's goods at prices before the commodity tax, [future, sector]."""
    use = total(accounts.intermediate, 2) + accounts.household + accounts.government + accounts.investment
    basic: Array = use - accounts.commodity_tax
    return basic


def _rate(paid: Array, of: Array, accounts: Accounts, where: str, what: str, problems: Problems) -> Array:
    """Return one plus the rate of a tax."""
    for place in np.flatnonzero(((of <= 0) & (paid != 0) | (of + paid < 0)).any(axis=0)):
        problems.add(
            f"the {what} of {accounts.sectors[place]} is paid on nothing, or gives back more than all", where, "mend it"
        )
    rate: Array = 1 + np.divide(paid, of, out=np.zeros(np.broadcast(paid, of).shape), where=of > 0)
    return rate


def _user_rates(accounts: Accounts, where: str, problems: Problems) -> dict[str, Array]:
    """Return one plus the rate of the tax of each user on what it buys, by the name of the field."""
    rates = {"input_tax_before": _rate(accounts.input_tax, total(accounts.intermediate, 1), accounts, where,
                                       "tax on inputs", problems)}  # fmt: skip
    for name in ("household", "government", "investment"):
        paid, bought = vars(accounts)[f"{name}_tax"], total(vars(accounts)[name], 1)
        if ((bought <= 0) & (paid != 0) | (bought + paid < 0)).any():
            problems.add(f"the tax of {name} is paid on nothing, or gives back more than all", where, "mend it")
        part = np.divide(paid, bought, out=np.zeros(np.broadcast(paid, bought).shape), where=bought > 0)
        rates[f"{name}_tax_before"] = 1 + part
    return rates


def _shares(
    accounts: Accounts,
    structure: Structure,
    rates: tuple[Array, Array, Array],
    by_user: dict[str, Array],
    output: Array,
    home: Array,
) -> Economy:
    tax, duty, made_tax = rates
    energy = tuple(accounts.sectors.index(name) for name in structure.energy)
    paid = accounts.intermediate * by_user["input_tax_before"][:, None, :]
    nested, outside = paid[:, list(energy)], paid.copy()
    outside[:, list(energy)] = 0.0
    machines = accounts.capital + total(nested, 1)
    bundle = accounts.labour + machines
    household, government, investment = (
        part / tax for part in (accounts.household, accounts.government, accounts.investment)
    )
    landed, investment_share = accounts.imports * duty, _of_sum(accounts.investment)
    return Economy(
        structure=structure,
        accounts=accounts,
        sectors=accounts.sectors,
        energy=energy,
        output=output,
        sold=output * made_tax,
        labour=accounts.labour,
        capital=accounts.capital,
        home=home,
        exports=accounts.exports,
        imports=accounts.imports,
        used=home + landed,
        household=household,
        government=government,
        investment=investment,
        inputs=accounts.intermediate / tax[:, :, None],
        home_share=home / (home + landed),
        export_share=accounts.exports / (home + accounts.exports),
        input_share=np.ascontiguousarray(np.swapaxes(outside / output[:, None, :], 1, 2)),
        bundle_share=bundle / output,
        labour_share=_part(accounts.labour, bundle),
        capital_share=_part(accounts.capital, machines, empty=1.0),
        energy_share=_part(nested, machines[:, None, :]),
        budget_share=_of_sum(accounts.household),
        marginal_share=_of_sum((1 - structure.subsistence) * accounts.household),
        subsistence=structure.subsistence * household,
        investment_share=investment_share,
        government_share=_of_sum(accounts.government),
        tax_before=tax,
        duty_before=duty,
        made_tax_before=made_tax,
        **by_user,
        investment_goods=investment_share / tax / by_user["investment_tax_before"][:, None],
        size=accounts.product,
    )


def _part(values: Array, of: Array, empty: float = 0.0) -> Array:
    """Return a share; where the whole is nothing, what stands for it."""
    whole = np.broadcast_to(of, values.shape)
    part: Array = np.divide(values, whole, out=np.full(values.shape, empty), where=whole > 0)
    return part


def _of_sum(values: Array) -> Array:
    """Return the shares of sectors, [future, sector]; zero where the sum is not above zero."""
    return _part(values, total(values, 1)[:, None])


def base_conditions(accounts: Accounts, economy: Economy, foreign_share: Array | None = None) -> Conditions:
    """Return the conditions of the base year, under which the equilibrium is the accounts.

    Parameters
    ----------
    foreign_share
        [future, sector], 1: the part of capital that foreigners own; the same in all sectors where none is given.

    Raises
    ------
    MoravaError
        When profits abroad by sector are not those of the accounts, or one is no share.
    """
    income = total(accounts.capital, 1)
    if foreign_share is None:
        one = np.divide(accounts.profit_abroad, income, out=np.zeros_like(income), where=income > 0)
        foreign_share = np.repeat(one[:, None], len(economy.sectors), axis=1)
    problems = Problems()
    abroad = total(foreign_share * accounts.capital, 1)
    if not (np.abs(abroad - accounts.profit_abroad) <= SAME * np.maximum(income, 1e-300)).all():
        problems.add(
            "profits of foreign owners by sector do not sum to those of the accounts",
            "conditions of the base year",
            f"they sum to {abroad[0]:.9g}, the accounts have {accounts.profit_abroad[0]:.9g}",
        )
    if not ((foreign_share >= 0) & (foreign_share <= 1)).all():
        problems.add("a foreign share of capital is no share", "conditions of the base year", "give 0 to 1")
    factors = total(accounts.labour, 1) + income
    disposable = factors - accounts.profit_abroad - accounts.direct_tax + accounts.transfers + accounts.remittances
    taxes = accounts.production_tax + accounts.import_duty + accounts.commodity_tax + accounts.input_tax
    by_user = accounts.household_tax + accounts.government_tax + accounts.investment_tax
    net = accounts.direct_tax + total(taxes, 1) + by_user + accounts.grants
    net = net - accounts.transfers - accounts.interest_abroad
    if not (disposable > 0).all():
        problems.add("households have nothing left after tax", "conditions of the base year", "mend the accounts")
    if economy.structure.government == "share" and not (net > 0).all():
        problems.add(
            "the government has no revenue left after transfers, of which it could spend a share",
            "conditions of the base year",
            "let its spending be real",
        )
    problems.raise_if_any()
    return _conditions(accounts, economy, foreign_share, factors, disposable, net)


def _conditions(
    accounts: Accounts, economy: Economy, foreign_share: Array, factors: Array, disposable: Array, net: Array
) -> Conditions:
    one, ones = np.ones_like(economy.size), np.ones_like(economy.output)
    return Conditions(
        capital=ones if economy.structure.capital == "fixed" else one[:, None],
        productivity=ones,
        import_price=ones,
        export_price=ones,
        export_demand=ones,
        government_demand=ones,
        labour=one,
        population=one,
        production_tax=economy.made_tax_before - 1,
        import_duty=economy.duty_before - 1,
        commodity_tax=economy.tax_before - 1,
        input_tax=economy.input_tax_before - 1,
        household_tax=economy.household_tax_before - 1,
        government_tax=economy.government_tax_before - 1,
        investment_tax=economy.investment_tax_before - 1,
        direct_tax=_part(accounts.direct_tax, factors),
        saving_share=_part(accounts.household_saving, disposable),
        government_saving_share=_part(accounts.government_saving, net),
        foreign_share=foreign_share,
        transfers=accounts.transfers,
        government_balance=accounts.government_saving,
        investment=total(accounts.investment, 1) + accounts.investment_tax,
        public_project=np.zeros_like(ones),
        foreign_project=np.zeros_like(one),
        remittances=accounts.remittances,
        grants=accounts.grants,
        interest_abroad=accounts.interest_abroad,
        foreign_saving=accounts.foreign_saving,
        project_import=np.zeros_like(one),
        public_import=np.zeros_like(one),
        real_rate=one,
        reference_wage=one,
        numeraire=one,
    )


def check_conditions(given: Conditions, economy: Economy) -> None:
    """Refuse what no equilibrium can have.

    Raises
    ------
    MoravaError
        Holes, wrong shapes, factors that are not above zero, shares that are none: all at once.
    """
    problems, where = Problems(), "conditions of the economy"
    for field in fields(given):
        array = vars(given)[field.name]
        one = field.name == "capital" and economy.structure.capital == "mobile"
        wide = (1 if one else len(economy.sectors),) if field.name in BY_SECTOR else ()
        if array.shape[1:] != wide or array.ndim == 0:
            problems.add(f"{field.name} has the shape {array.shape}", where, f"give one row a future, each {wide}")
        elif not np.isfinite(array).all():
            problems.add(f"{field.name} has a hole", where, "give every cell a number")
        elif field.name in ABOVE_ZERO and not (array > 0).all():
            problems.add(f"{field.name} is not above zero", where, "it is a factor: one changes nothing")
        elif field.name in RATES and not (array > -1).all():
            problems.add(f"{field.name} gives back all or more", where, "a rate lies above minus one")
        elif field.name == "foreign_share" and not ((array >= 0) & (array <= 1)).all():
            problems.add("foreign_share is no share", where, "give 0 to 1")
    problems.raise_if_any()


ABOVE_ZERO = (
    "capital", "productivity", "import_price", "export_price", "export_demand", "labour", "population", "real_rate",
    "reference_wage", "numeraire",
)  # fmt: skip
RATES = (
    "production_tax", "import_duty", "commodity_tax", "input_tax", "household_tax", "government_tax", "investment_tax",
)  # fmt: skip
BY_SECTOR = (
    "capital", "productivity", "import_price", "export_price", "export_demand", "government_demand", "production_tax",
    "import_duty", "commodity_tax", "input_tax", "foreign_share", "public_project",
)  # fmt: skip
