"""Claims held against their documents, the facts, the glossary and what they test."""

from __future__ import annotations

from morava.errors import Problems, nearest
from morava.plans.check_country import check_named, to_glossary
from morava.plans.csv_file import read_number
from morava.plans.places import Places, is_full, placed
from morava.plans.prices import Prices
from morava.plans.types import Claim, Country, Measure, Strategy, Test
from morava.quantities import Quantity, find, glossary
from morava.quantities.dates import interval
from morava.quantities.units import factor

Path = tuple[str | int, ...]

_TARGET_KEYS = ("quantity", "value", "year", "unit")


def check_claim(
    claim: Claim, country: Country, strategy: Strategy, prices: Prices, places: Places, problems: Problems
) -> None:
    """Note everything that is wrong with one claim: its passage, its facts, its tests, the target that it sets."""
    path: Path = ("claims", claim.name)
    _check_passage(claim, strategy, places, problems)
    check_named(claim.facts, places.names("facts"), "fact", places, (*path, "facts"), problems)
    names: set[str] = set()
    for index, test in enumerate(claim.tests):
        here = (*path, "tests", index)
        if test.name in names:
            problems.add(f"{claim.name} has the test {test.name!r} twice", places.where(*here, "name"), "rename one")
        names.add(test.name)
        _check_test(claim, test, country, prices, places, here, problems)
    if claim.sets_target:
        _check_target(claim, prices, places, problems)


def _check_passage(claim: Claim, strategy: Strategy, places: Places, problems: Problems) -> None:
    path = ("claims", claim.name, "passage")
    document = strategy.documents.get(claim.passage.document)
    known = places.names("strategy", "documents")
    if claim.passage.document not in known:
        problems.add(
            f"{claim.name}: there is no document {claim.passage.document}",
            places.where(*path, "document"),
            nearest(claim.passage.document, known),
        )
    elif document is not None and document.sha256 and not claim.passage.sha256:
        problems.add(
            f"{claim.name}: its passage has no sha256",
            places.where(*path, "sha256"),
            "give the hash of exactly these characters; only a fictional document has none",
        )


def _check_test(
    claim: Claim, test: Test, country: Country, prices: Prices, places: Places, path: Path, problems: Problems
) -> None:
    label = f"{claim.name}, test {test.name}"
    where = places.where(*path)
    _check_measure(test.measure, label, country, places, (*path, "measure"), problems)
    if test.against is not None:
        _check_measure(test.against, label, country, places, (*path, "against"), problems)
    check_named((test.without,), places.names("initiatives"), "initiative", places, (*path, "without"), problems)
    if test.against is not None and test.without:
        problems.add(f"{label}: against and without", where, "give one: a test makes one comparison")
    if bool(test.compare) != (test.against is not None or bool(test.without)):
        problems.add(
            f"{label}: it compares by {test.compare or 'nothing'}",
            places.where(*path, "compare"),
            "give compare (ratio or difference) together with against or without",
        )
    bounds = [bound for bound in (test.at_least, test.at_most) if bound is not None]
    dates = [date for date in (test.by, test.not_before) if date]
    if not bounds and not dates:
        problems.add(f"{label}: it has no bound", where, "give at_least, at_most, by or not_before")
    if bounds and dates:
        problems.add(f"{label}: it bounds numbers and dates", where, "write two tests")
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        problems.add(f"{label}: at_least is above at_most", places.where(*path, "at_least"), "exchange them")
    if len(dates) == 2 and interval(dates[0])[1] <= interval(dates[1])[0]:
        problems.add(f"{label}: not_before comes after by", places.where(*path, "not_before"), "exchange them")
    if test.measure.quantity in glossary():
        _check_bounds(test, find(test.measure.quantity), label, prices, places, path, problems)


def _check_bounds(
    test: Test, quantity: Quantity, label: str, prices: Prices, places: Places, path: Path, problems: Problems
) -> None:
    if quantity.kind == "text":
        problems.add(f"{label}: {quantity.name} is a word", places.where(*path, "measure"), "test a number or a date")
        return
    if (test.by or test.not_before) and (quantity.kind != "date" or test.compare):
        problems.add(
            f"{label}: {quantity.name} is compared with a date",
            places.where(*path, "by" if test.by else "not_before"),
            "give at_least or at_most with a unit",
        )
    if test.against is not None and test.against.quantity in glossary():
        other = find(test.against.quantity)
        with placed(problems, places.where(*path, "against", "quantity"), label):
            factor(other.unit, quantity.unit)
    if test.at_least is not None or test.at_most is not None:
        with placed(problems, places.where(*path, "unit"), f"{label}, unit"):
            if test.compare == "ratio":
                factor(test.unit, "1")
            else:
                to_glossary(prices, 1.0, test.unit, quantity)


def _check_measure(
    measure: Measure, label: str, country: Country, places: Places, path: Path, problems: Problems
) -> None:
    if measure.quantity not in glossary():
        problems.add(
            f"{label}: no quantity is called {measure.quantity}",
            places.where(*path, "quantity"),
            nearest(measure.quantity, glossary()),
        )
        return
    quantity = find(measure.quantity)
    dims = ", ".join(quantity.dims) or "none"
    for key, named in (("where", measure.where), ("over", measure.over)):
        for dim in named:
            if dim not in quantity.dims:
                problems.add(
                    f"{label}: {quantity.name} has no dimension {dim}", places.where(*path, key, dim), f"it has {dims}"
                )
    if "year" in measure.where and not _names_span(measure):
        problems.add(f"{label}: where names year", places.where(*path, "where", "year"), "write it as year")
    if measure.year is not None and "year" not in quantity.dims:
        problems.add(f"{label}: {quantity.name} has no year", places.where(*path, "year"), f"its dimensions: {dims}")
    for dim in quantity.dims:
        _check_reduced(measure, dim, label, places, path, problems)
    _check_labels(measure, label, country, places, path, problems)


def _names_span(measure: Measure) -> bool:
    """Return whether a flow is asked for over a span that its facts name, as in `where: {year: 2010..2015}`."""
    label = measure.where.get("year")
    return measure.year is None and isinstance(label, str) and not label.isdigit()


def _check_reduced(measure: Measure, dim: str, label: str, places: Places, path: Path, problems: Problems) -> None:
    """Note a dimension that still varies after a measure is taken, or is reduced where one label is named."""
    if dim == "year":
        is_one = _names_span(measure) or (measure.year is not None and measure.year[0] == measure.year[1])
        how = "give year: 2030, or a span with over: {year: max}"
    else:
        is_one = isinstance(measure.where.get(dim), str)
        how = f"name one {dim} under where, or reduce with over: {{{dim}: sum}}"
    if is_one and dim in measure.over:
        problems.add(
            f"{label}: one {dim} is named and reduced", places.where(*path, "over", dim), "take it out of over"
        )
    if not is_one and dim not in measure.over:
        problems.add(f"{label}: {measure.quantity} still varies over {dim}", places.where(*path), how)


def _check_labels(
    measure: Measure, label: str, country: Country, places: Places, path: Path, problems: Problems
) -> None:
    """Note initiatives, envelopes and classes that neither the strategy nor a fact of the quantity knows."""
    plan = {
        "initiative": places.names("initiatives"),
        "envelope": places.names("strategy", "envelopes"),
        "reference_class": places.names("reference_classes"),
    }
    for dim, wanted in measure.where.items():
        if dim not in plan:
            continue
        unplanned = [name for name in ((wanted,) if isinstance(wanted, str) else wanted) if name not in plan[dim]]
        if not unplanned:
            continue
        facts = [fact for fact in country.facts.values() if fact.quantity == measure.quantity]
        known = plan[dim] | {fact.where[dim] for fact in facts if dim in fact.where}
        for name in unplanned:
            if name not in known and not is_full(problems):
                problems.add(
                    f"{label}: there is no {dim} {name}", places.where(*path, "where", dim), nearest(name, known)
                )


def _check_target(claim: Claim, prices: Prices, places: Places, problems: Problems) -> None:
    path = ("claims", claim.name, "sets_target")
    target = claim.sets_target
    for key in ("quantity", "value", "year"):
        if key not in target:
            problems.add(f"{claim.name}: its target has no {key}", places.where(*path), f"give {key}")
    name = target.get("quantity", "")
    if name not in glossary():
        if name:
            problems.add(
                f"{claim.name}: no quantity is called {name}",
                places.where(*path, "quantity"),
                nearest(name, glossary()),
            )
        return
    quantity = find(name)
    for key in target:
        if key not in (*_TARGET_KEYS, *quantity.dims):
            problems.add(
                f"{claim.name}: unknown key {key} of a target",
                places.where(*path, key),
                nearest(key, (*_TARGET_KEYS, *quantity.dims)),
            )
    if "year" in target:
        with placed(problems, places.where(*path, "year"), f"{claim.name}, year of its target"):
            interval(target["year"])
    if "value" in target:
        with placed(problems, places.where(*path, "value"), f"{claim.name}, its target"):
            if quantity.kind == "date":
                interval(target["value"])
            else:
                to_glossary(prices, read_number(target["value"]), target.get("unit", quantity.unit), quantity)
