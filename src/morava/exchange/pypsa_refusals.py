"""What a PyPSA network holds that a power system cannot say exactly: named, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from morava.errors import Problems
from morava.exchange.pypsa_tables import (
    CYCLIC,
    INITIAL,
    NOMINAL,
    PASSIVE,
    WHOLE,
    Horizon,
    Table,
    impedances,
    minimum_share,
    ramp_of,
    ramps,
    starts_at_cost,
)

LIMIT = "primary_energy"
REFUSED_KINDS = {
    "ShuntImpedance": "take it out: only active power is balanced here",
    "Process": "split it into links with one input and one output each",
}
NEUTRAL: Mapping[str, Mapping[str, float]] = {
    "Generator": {
        "p_set": np.nan, "p_init": np.nan, "p_nom_set": np.nan, "p_nom_mod": 0, "e_sum_min": -np.inf,
        "marginal_cost_quadratic": 0, "maintainable": 0, "ramp_limit_start_up": np.nan, "ramp_limit_shut_down": np.nan,
    },
    "StorageUnit": {
        "p_set": np.nan, "p_dispatch_set": np.nan, "p_store_set": np.nan, "p_nom_set": np.nan, "p_nom_mod": 0,
        "spill_cost": 0, "marginal_cost_quadratic": 0, "sign": 1,
    },
    "Store": {
        "p_set": np.nan, "e_nom_set": np.nan, "e_nom_mod": 0, "e_min_pu": 0, "marginal_cost": 0,
        "marginal_cost_quadratic": 0, "sign": 1,
    },
    "Link": {
        "p_set": np.nan, "p_init": np.nan, "p_nom_set": np.nan, "p_nom_mod": 0, "marginal_cost_quadratic": 0,
        "committable": 0, "maintainable": 0, "ramp_limit_up": np.nan, "ramp_limit_down": np.nan,
        "ramp_limit_start_up": np.nan, "ramp_limit_shut_down": np.nan, "delay": 0,
    },
    "Line": {"s_nom_set": np.nan, "s_nom_mod": 0, "v_ang_max": np.inf},
    "Transformer": {
        "s_nom_set": np.nan, "s_nom_mod": 0, "v_ang_max": np.inf, "phase_shift_min": 0, "phase_shift_max": 0,
    },
    "Load": {},
}  # fmt: skip
"""What an attribute must be where a power system has no word for it."""
COMMITTED = {"stand_by_cost": 0, "shut_down_cost": 0, "min_up_time": 0, "min_down_time": 0}
STEADY = {
    "StorageUnit": ("efficiency_store", "efficiency_dispatch", "max_hours", "standing_loss"),
    "Store": ("standing_loss",), "Link": ("efficiency", "marginal_cost"),
}  # fmt: skip
"""What a power system has as one number for all time."""
STEADY_IN_PERIOD = {
    "StorageUnit": ("marginal_cost", "marginal_cost_storage"), "Store": ("e_max_pu", "marginal_cost_storage"),
}  # fmt: skip
PIECEWISE = ("marginal_cost", "capital_cost", "efficiency")


def refuse(network: Any, horizon: Horizon) -> None:
    """Raise everything in a network that a power system cannot say exactly.

    Raises
    ------
    MoravaError
        With a problem for each component and attribute.
    """
    found = Problems()
    tables = {kind: Table(network, kind, horizon) for kind in WHOLE}
    for kind, mend in REFUSED_KINDS.items():
        for name in network.components[kind].static.index:
            found.add(f"a {kind.lower()} cannot be said", f"{kind} {name}", mend)
    limited = _limits(network, horizon, found)
    _calendar(tables, horizon, limited, found)
    _network(network, horizon, found)
    checks: Mapping[str, Callable[[Table, str, bool, Problems], None]] = {
        "Generator": _generator, "StorageUnit": _storage_unit, "Store": _store, "Link": _link, "Line": _line,
        "Transformer": _line, "Load": _load,
    }  # fmt: skip
    for kind, table in tables.items():
        for name in table.names:
            _attributes(table, name, found)
            checks[kind](table, name, limited, found)
    _impedances(network, tables, found)
    found.raise_if_any()


def _add(found: Problems, table: Table, name: str, what: str, mend: str) -> None:
    found.add(what, f"{table.kind} {name}", mend)


def _attributes(table: Table, name: str, found: Problems) -> None:
    neutral = dict(NEUTRAL[table.kind])
    if table.kind == "Generator" and table.value(name, "committable"):
        neutral |= COMMITTED
    for attribute, expected in neutral.items():
        if not table.has(attribute):
            continue
        values = table.series(name, attribute)
        if not ((values == expected) | (np.isnan(values) & np.isnan(expected))).all():
            shown = "nothing" if np.isnan(expected) else f"{expected:g}"
            _add(found, table, name, f"{attribute} cannot be said", f"leave it at {shown}, or take the component out")
    for attributes, in_period in ((STEADY, False), (STEADY_IN_PERIOD, True)):
        for attribute in attributes.get(table.kind, ()):
            if not table.is_level(name, attribute, in_period):
                over = "the hours of a period" if in_period else "time"
                _add(found, table, name, f"{attribute} varies over {over}", "give one number, such as its mean")
    for attribute in PIECEWISE:
        if (
            table.has(attribute)
            and hasattr(table.component, "has_piecewise")
            and table.component.has_piecewise(attribute)
        ):
            _add(found, table, name, f"{attribute} is piecewise in its kind", "give one number, or several components")


def _finite_size(table: Table, name: str, attribute: str, found: Problems) -> None:
    if not table.is_extendable(name) and not np.isfinite(table.number(name, attribute)):
        _add(found, table, name, f"{attribute} is infinite", "give a size that it will not reach")


def _generator(table: Table, name: str, _limited: bool, found: Problems) -> None:
    _finite_size(table, name, "p_nom", found)
    if table.number(name, "sign") not in (1.0, -1.0):
        _add(found, table, name, "sign is neither 1 nor -1", "scale its numbers instead")
    least, most = table.series(name, "p_min_pu"), table.series(name, "p_max_pu")
    if (most < 0).any() or (most < least).any():
        _add(found, table, name, "p_max_pu is negative or below p_min_pu", "turn the sign of the generator")
    committed, extendable = bool(table.value(name, "committable")), table.is_extendable(name)
    summed = np.isfinite(table.number(name, "e_sum_max"))
    if np.isnan(minimum_share(table, name)) and (committed or extendable or summed or ramps(table, name)):
        what = "p_min_pu is not one share of p_max_pu, in a generator that is built, committed, ramped or limited"
        _add(found, table, name, what, "give p_min_pu as one share of p_max_pu, or make two generators of it")
    if ramps(table, name) and np.isnan(ramp_of(table, name)):
        _add(found, table, name, "its ramps differ up and down, or over time", "give one number for both")
    if summed and table.stands(name).sum() > 1:
        _add(found, table, name, "e_sum_max reaches over several periods", "give a generator for each period")
    if _emits(table, name) and not (table.is_level(name, "efficiency") and table.series(name, "efficiency").all()):
        what = "efficiency is zero or varies, and with it what it emits"
        _add(found, table, name, what, "give one number, such as its mean")
    if committed:
        _committed(table, name, extendable, found)


def _committed(table: Table, name: str, extendable: bool, found: Problems) -> None:
    """Refuse what the linear commitment of a fleet cannot say."""
    if extendable:
        _add(found, table, name, "it is both committable and extendable", "choose one of them")
    if ramps(table, name):
        _add(found, table, name, "it is committable and has ramps", "choose one of them")
    if (table.series(name, "p_max_pu") > 1).any():
        _add(found, table, name, "it is committable, and p_max_pu is above one", "raise p_nom instead")
    if not starts_at_cost(table, name):
        return
    if len(table.horizon.periods) > 1:
        _add(found, table, name, "its start costs reach over several periods", "take one period, or no start cost")
    if not (table.is_level(name, "p_max_pu") and table.is_level(name, "start_up_cost")):
        _add(found, table, name, "p_max_pu or start_up_cost varies where starts cost", "give one number for each")
    if table.number(name, "up_time_before") < 1 or table.number(name, "down_time_before") > 0:
        _add(found, table, name, "it is off before the first hour", "set up_time_before to 1, down_time_before to 0")


def _emits(table: Table, name: str) -> bool:
    carriers = table.network.components["Carrier"].static
    carrier = table.value(name, "carrier")
    return carrier in carriers.index and float(carriers.at[carrier, "co2_emissions"]) != 0


def _cycle(table: Table, name: str, limited: bool, found: Problems) -> None:
    flag = CYCLIC[table.kind]
    if not table.cycle(name):
        what = "it carries its level from one period to the next"
        mend = f"set {flag}_per_period, or {INITIAL[table.kind]}_per_period"
        _add(found, table, name, what, mend)
    if limited and _emits(table, name) and not table.value(name, flag):
        what = "PyPSA counts what is left in it as emission"
        _add(found, table, name, what, f"set {flag}, or give it a carrier that does not emit")


def _storage_unit(table: Table, name: str, limited: bool, found: Problems) -> None:
    _finite_size(table, name, "p_nom", found)
    _cycle(table, name, limited, found)
    if (table.series(name, "p_min_pu") > 0).any() or (table.series(name, "p_max_pu") < 0).any():
        _add(found, table, name, "p_min_pu is above zero or p_max_pu below", "let it charge down from zero")


def _store(table: Table, name: str, limited: bool, found: Problems) -> None:
    _finite_size(table, name, "e_nom", found)
    _cycle(table, name, limited, found)
    if table.is_extendable(name) and (table.series(name, "e_max_pu") != 1).any():
        _add(found, table, name, "it is extendable, and e_max_pu is not one", "count e_nom as what can be used")


def _link(table: Table, name: str, _limited: bool, found: Problems) -> None:
    _finite_size(table, name, "p_nom", found)
    for port in getattr(table.component, "additional_ports", ()):
        if str(table.value(name, f"bus{port}")) not in ("", "nan"):
            _add(found, table, name, f"it has a bus{port}", "split it into links with one input and one output each")
    least, most = table.series(name, "p_min_pu"), table.series(name, "p_max_pu")
    if (least > 0).any() or (most < 0).any():
        _add(found, table, name, "p_min_pu is above zero or p_max_pu below", "a link here may always rest")
    free = not table.series(name, "marginal_cost").any() and (table.series(name, "efficiency") == 1).all()
    if (least < 0).any() and not free:
        what = "it runs both ways with a loss or a cost: PyPSA gains and earns on the way back"
        _add(found, table, name, what, "make a link each way of it")


def _line(table: Table, name: str, _limited: bool, found: Problems) -> None:
    _finite_size(table, name, "s_nom", found)
    if (table.series(name, "s_max_pu") < 0).any():
        _add(found, table, name, "s_max_pu is below zero", "give a share of s_nom")
    if not table.stands(name).all():
        what = "it does not stand in all periods, and flows would follow other impedances before or after"
        _add(found, table, name, what, "let it stand in all of them, or in a network of its own")


def _impedances(network: Any, tables: Mapping[str, Table], found: Problems) -> None:
    """Refuse what would obey no law of voltages, or another than PyPSA's."""
    if not any(tables[kind].names for kind in PASSIVE):
        return
    known = impedances(network)
    for table in (tables[kind] for kind in PASSIVE):
        for name in table.names:
            impedance, shift = known[table.kind, name]
            if not 0 < impedance < np.inf:
                what = f"its impedance per unit is {impedance:g}"
                _add(found, table, name, what, "set x above zero, or r where current is direct")
            if shift != 0:
                _add(found, table, name, "it shifts the phase", "set phase_shift to zero")


def _load(table: Table, name: str, _limited: bool, found: Problems) -> None:
    if np.isnan(table.series(name, "p_set")).any():
        _add(found, table, name, "p_set has gaps", "fill them")


def _calendar(tables: Mapping[str, Table], horizon: Horizon, limited: bool, found: Problems) -> None:
    where, one = "snapshots", "give every hour of every period the same weight"
    weights = np.concatenate([horizon.objective, horizon.weights])
    if not (np.isfinite(weights).all() and (weights > 0).all()):
        found.add("a snapshot or a period weighs nothing", where, "take it out, or give it a weight above zero")
    if not horizon.is_even:
        found.add("periods have different numbers of snapshots", where, "give them the same hours")
    elif (horizon.by_period(horizon.objective) != horizon.by_period(horizon.objective)[0]).any():
        found.add("snapshots weigh differently in different periods", where, one)
    generators = tables["Generator"]
    summed = limited or any(np.isfinite(generators.number(name, "e_sum_max")) for name in generators.names)
    if summed and (horizon.generators != horizon.objective).any():
        found.add("snapshots weigh differently in sums of energy and in costs", where, "set both columns alike")
    holding = bool(tables["StorageUnit"].names or tables["Store"].names)
    if holding and not horizon.step > 0:
        found.add("a storage has hours of different lengths", where, "give every snapshot the same weight in stores")
    chained = holding or any(ramps(generators, name) or starts_at_cost(generators, name) for name in generators.names)
    if chained and (horizon.objective != horizon.objective[0]).any():
        found.add("snapshots that storages, ramps or starts join weigh differently", where, one)


def _network(network: Any, horizon: Horizon, found: Problems) -> None:
    for flag, what in (("has_scenarios", "it has scenarios"), ("has_risk_preference", "it prices risk")):
        if getattr(network, flag, False):
            found.add(what, "network", "take one scenario out of it")
    for kind in NOMINAL:
        try:
            _ = network.components[kind].periodized_cost
        except ValueError as error:
            found.add(str(error), f"overnight_cost of {kind}", "give capital_cost instead")
    carriers = network.components["Carrier"].static
    for name in carriers.index[carriers["max_growth"] < np.inf] if horizon.multi else ():
        found.add("max_growth cannot be said", f"Carrier {name}", "limit p_nom_max of what is built")
    for column in network.components["Bus"].static.columns:
        if str(column).startswith("nom_"):
            found.add(f"{column} cannot be said", "buses", "limit p_nom_max of what is built")


def _limits(network: Any, horizon: Horizon, found: Problems) -> bool:
    """Refuse every constraint but a limit of emissions in each period; return whether there is one."""
    constraints = network.components["GlobalConstraint"].static
    for name, one in constraints.iterrows():
        where = f"GlobalConstraint {name}"
        if one["type"] != LIMIT or one["carrier_attribute"] != "co2_emissions":
            found.add(f"a constraint of type {one['type']} on {one['carrier_attribute']}", where, "take it out")
            continue
        if one["sense"] != "<=":
            found.add(f"emissions {one['sense']} a number", where, "a power system can only limit them: use <=")
        if horizon.multi and np.isnan(one["investment_period"]):
            found.add("a limit over all periods together", where, "give one for each investment period")
        if not horizon.multi and not np.isnan(one["investment_period"]):
            found.add("a limit of a period in a network without periods", where, "take investment_period out")
    return bool(len(constraints))
