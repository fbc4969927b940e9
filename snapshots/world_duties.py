"""Trade elasticities by sector, and import duties by importer, exporter and sector."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import numpy as np

from fact_rows import HERE, read_table
from world_regions import (
    CHINA,
    CLASSES,
    GOODS,
    REGIONS,
    REST,
    SECTORS,
    SERBIA,
    SERVICES,
    Array,
    at,
    bilateral,
    class_matrix,
)
from world_serbia import free_share

EUROPEAN_UNION = ("Germany", "Italy", "Hungary", "EU neighbours", "other EU")
FARM = ("agriculture", "food")
"""Sectors that the customs union of the European Union with Turkey does not cover."""
FREE_PAIRS = (("United Kingdom", EUROPEAN_UNION), (SERBIA, (*EUROPEAN_UNION, "United Kingdom", "Turkey", "Russia")))
"""Pairs without duties, both ways; Serbia's own duties are declared elsewhere and are zero here."""
SERVICES_THETA = {"fontagne-2022": 5.0, "caliendo-parro-2015": 8.22, "uniform-4": 4.0}
FONTAGNE = {
    "A01": "C01T05", "A02": "C01T05", "A03": "C01T05", "B05": "C10T14", "B06": "C10T14", "B07": "C10T14",
    "B08": "C10T14", "B09": "C10T14", "C10T12": "C15T16", "C13T15": "C17T19", "C16": "C20", "C17_18": "C21T22",
    "C19": "C23", "C20": "C24", "C21": "C24", "C22": "C25", "C23": "C26", "C24A": "C27", "C24B": "C27", "C25": "C28",
    "C26": "C30T33X", "C27": "C31", "C28": "C29", "C29": "C34", "C301": "C35", "C302T309": "C35", "C31T33": "C36T37",
}  # fmt: skip
"""Row of Fontagne, Guimbard and Orefice (2022), table 8, for every class."""
CALIENDO_PARRO = {
    "A01": ("Agriculture",), "A02": ("Agriculture",), "A03": ("Agriculture",), "B05": ("Mining",), "B06": ("Mining",),
    "B07": ("Mining",), "B08": ("Mining",), "B09": ("Mining",), "C10T12": ("Food",), "C13T15": ("Textile",),
    "C16": ("Wood",), "C17_18": ("Paper",), "C19": ("Petroleum",), "C20": ("Chemicals",), "C21": ("Chemicals",),
    "C22": ("Plastic",), "C23": ("Minerals",), "C24A": ("Basic metals",), "C24B": ("Basic metals",),
    "C25": ("Metal products",), "C26": ("Office", "Communication", "Medical"), "C27": ("Electrical",),
    "C28": ("Machinery n.e.c.",), "C29": ("Auto",), "C301": ("Other transport",), "C302T309": ("Other transport",),
    "C31T33": ("Other",),
}  # fmt: skip
"""Sectors of Caliendo and Parro (2015) for every class; plain mean where there are several."""
CAPPED = "Petroleum"
"""Sector whose estimate of 64.85 is an outlier: it is held to the next highest of the same list, 16.52 of paper."""


def elasticities() -> dict[str, Array]:
    """Return theta [sector] of each set: mean over the classes, weighed by world trade across borders in 2022."""
    flows, _ = bilateral()
    traded = flows.sum(axis=(1, 2)) - np.trace(flows, axis1=1, axis2=2)
    rows = read_table("economy/elasticities/trade_elasticities_native_published.csv")
    published = {r["native_code"]: float(r["elasticity_abs"]) for r in rows if r["source"] == "fontagne_2022"}
    lashkaripour = next(r for r in rows if (r["source"], r["sector"]) == ("lashkaripour_2021", "Services (aggregate)"))
    if float(lashkaripour["elasticity_abs"]) != SERVICES_THETA["fontagne-2022"]:
        raise ValueError("the estimate for services is not the published one")
    code = {r["sector"]: float(r["theta_code"]) for r in read_table("economy/cp2015/cp2015_theta.csv")}
    code[CAPPED] = sorted(code.values())[-2]
    by_class = {
        "fontagne-2022": {name: published[row] for name, row in FONTAGNE.items()},
        "caliendo-parro-2015": {name: float(np.mean([code[s] for s in own])) for name, own in CALIENDO_PARRO.items()},
        "uniform-4": dict.fromkeys(CLASSES, 4.0),
    }
    weights = class_matrix() * traded
    weights /= weights.sum(axis=1, keepdims=True)
    return {
        name: weights @ np.array([theta.get(one, SERVICES_THETA[name]) for one in CLASSES])
        for name, theta in by_class.items()
    }


def averages() -> Mapping[tuple[str, str, str], float]:
    """Return the average duties that were entered, by importer, kind and sector."""
    text = (HERE / "curation/world_tariffs.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("#"))))
    return {(row["importer"], row["kind"], row["sector"]): float(row["rate"]) for row in rows}


def importer_of(region: str) -> str:
    """Return the customs territory of a region."""
    return "European Union" if region in EUROPEAN_UNION else region


def most_favoured() -> Array:
    """Return the most-favoured rate [importer, sector]; Serbia's row is zero and not written."""
    known = averages()
    found = np.zeros((len(REGIONS), len(SECTORS)))
    for row, region in enumerate(REGIONS):
        if region != SERBIA:
            found[row, :-1] = [known[importer_of(region), "most favoured", sector] for sector in GOODS]
    return found


def tariffs() -> Array:
    """Return the applied rate [importer, exporter, sector] before the agreement of Serbia with China."""
    known = averages()
    place = {region: number for number, region in enumerate(REGIONS)}
    found = np.repeat(most_favoured()[:, None, :], len(REGIONS), axis=1)
    found[place[REST], :, :-1] = [known[REST, "applied", sector] for sector in GOODS]
    found[place[REST], place[SERBIA]] *= 1 - free_share()
    for one in EUROPEAN_UNION:
        for other in EUROPEAN_UNION:
            found[place[one], place[other]] = 0
        for importer, exporter in ((one, "Turkey"), ("Turkey", one)):
            kept = [at(sector) for sector in FARM]
            free = [number for number in range(len(SECTORS)) if number not in kept]
            found[place[importer], place[exporter], free] = 0
    for one, others in FREE_PAIRS:
        for other in others:
            found[place[one], place[other]] = found[place[other], place[one]] = 0
    found[place[SERBIA]] = 0
    found[range(len(REGIONS)), range(len(REGIONS))] = 0
    found[:, :, at(SERVICES)] = 0
    if found[place[CHINA], place[SERBIA], at("machinery")] <= 0:
        raise ValueError("China's duty on Serbia is that before the agreement")
    return found
