"""A strategy as its files say it; a variant lists only what differs from its parent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from morava.errors import Problems, nearest
from morava.plans.country_schemas import InitiativeStageEntry
from morava.plans.pack import (
    ENTRY_KINDS,
    list_strategies,
    read_entries,
    shown,
    strategy_folder,
    validate_entries,
)
from morava.plans.places import Places
from morava.plans.read_claims import claim_of
from morava.plans.read_country import by_name, gate_of
from morava.plans.schemas import AgreementsFile, ClaimsFile, InitiativesFile
from morava.plans.strategy_schemas import (
    AgreementEntry,
    ChangeEntry,
    CostEntry,
    DocumentEntry,
    EnvelopeEntry,
    FinancingEntry,
    InitiativeEntry,
    PromiseEntry,
    StrategyFile,
)
from morava.plans.types import (
    Agreement,
    Change,
    Document,
    Envelope,
    Financing,
    Initiative,
    Promise,
    ReferenceClass,
    Stage,
    Strategy,
)
from morava.plans.validate import validate
from morava.plans.yaml_file import read_yaml

LONGEST_LINE = 10
"""Parents of parents of a variant."""

_OWN = ("name", "title", "parent", "because")
"""Keys that a variant does not take from its parent."""
_SECTIONS = ("documents", "envelopes")


def load_strategy(
    folder: Path, name: str, classes: Mapping[str, ReferenceClass], places: Places, problems: Problems
) -> Strategy | None:
    """Return a strategy of a pack, without what is wrong in itself; None where `strategy.yaml` cannot be used.

    Parameters
    ----------
    folder, name
        Folder of the pack, and name of the strategy in it.
    classes
        Reference classes of the country, whose stages initiatives take.
    places
        Takes where everything stands: `("strategy", ...)` and `(kind, name, ...)`; what a variant changes stands in
        the variant's own file.
    problems
        Takes everything that is wrong with the files by themselves.
    """
    frame, entries = _merged(folder, name, places, problems, ())
    if frame is None:
        return None
    sections = frozenset((section,) for section in _SECTIONS)
    top = validate(StrategyFile, frame, places, ("strategy",), problems, sections)
    initiatives = validate_entries(InitiativesFile, entries["initiatives"], "initiatives", places, problems)
    agreements = validate_entries(AgreementsFile, entries["agreements"], "agreements", places, problems)
    claims = validate_entries(ClaimsFile, entries["claims"], "claims", places, problems)
    for key, entry in (initiatives.root if initiatives else {}).items():
        _check_done(key, entry, classes, places, problems)
    if top is None:
        return None
    return Strategy(
        name=top.name,
        title_en=top.title.en,
        title_sr=top.title.sr,
        parent=top.parent,
        because=top.because,
        required_share=float(top.required_share),
        documents=by_name({key: _document(key, entry) for key, entry in top.documents.items()}),
        initiatives=by_name(
            {k: _initiative(k, entry, classes) for k, entry in (initiatives.root if initiatives else {}).items()}
        ),
        agreements=by_name({k: _agreement(k, entry) for k, entry in (agreements.root if agreements else {}).items()}),
        claims=by_name(
            {k: claim_of(k, entry, top.required_share) for k, entry in (claims.root if claims else {}).items()}
        ),
        envelopes=by_name({key: _envelope(key, entry) for key, entry in top.envelopes.items()}),
    )


def _merged(
    folder: Path, name: str, places: Places, problems: Problems, younger: tuple[str, ...]
) -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    """Return the raw frame and entries of a strategy laid over those of its parents."""
    nothing: dict[str, dict[str, Any]] = {kind: {} for kind in ENTRY_KINDS}
    holder = folder / "strategies" / name
    own: dict[str, Any] | None = None
    with problems.collecting():
        holder = strategy_folder(folder, name)
        path = holder / "strategy.yaml"
        file = read_yaml(path, shown(folder, path))
        if not isinstance(file.data, dict):
            problems.add("the file is not a mapping", file.where(), "begin with name:")
            return None, nothing
        own = file.data
        parent = own.get("parent") or ""
        if parent and (not isinstance(parent, str) or parent in (*younger, name) or len(younger) >= LONGEST_LINE):
            line = " of ".join((*younger, name, str(parent)))
            problems.add(f"a strategy is its own parent: {line}", file.where("parent"), "name another parent, or none")
            return None, nothing
        if parent and parent not in list_strategies(folder):
            problems.add(f"there is no parent {parent}", file.where("parent"), f"known: {list_strategies(folder)}")
            return None, nothing
    if own is None:
        return None, nothing
    base, entries = _merged(folder, parent, places, problems, (*younger, name)) if parent else ({}, nothing)
    if base is None:
        return None, nothing
    places.add(("strategy",), file)
    if parent and not own.get("because"):
        problems.add(f"the variant {name} does not say why it differs", file.where("because"), "give because")
    if own.get("name") != name:
        problems.add(
            f"the strategy calls itself {own.get('name')}", file.where("name"), f"call it {name}, as the folder"
        )
    frame = {**{key: value for key, value in base.items() if key not in _OWN}, **own}
    for section in _SECTIONS:
        frame[section] = _laid_over(base.get(section, {}), own.get(section, {}))
    merged = {
        kind: _laid_over(entries[kind], read_entries(folder, holder, kind, places, problems) or {})
        for kind in ENTRY_KINDS
    }
    return frame, merged


def _laid_over(below: Any, above: Any) -> Any:
    """Return entries laid over those of the parent, field by field; new ones are added."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    merged = dict(below)
    for name, entry in above.items():
        both = isinstance(entry, dict) and isinstance(below.get(name), dict)
        merged[name] = {**below[name], **entry} if both else entry
    return merged


def _document(name: str, entry: DocumentEntry) -> Document:
    return Document(name, entry.title, entry.producer, entry.published, entry.sha256, entry.licence)


def _envelope(name: str, entry: EnvelopeEntry) -> Envelope:
    return Envelope(
        name=name,
        title_en=entry.title.en,
        title_sr=entry.title.sr,
        amount=float(entry.amount),
        unit=entry.unit,
        first_year=entry.first_year,
        last_year=entry.last_year,
        part_of=entry.part_of,
        facts=tuple(entry.facts),
        note=entry.note,
    )


def _agreement(name: str, entry: AgreementEntry) -> Agreement:
    return Agreement(
        name=name,
        origin=entry.origin,
        title_en=entry.title.en,
        title_sr=entry.title.sr,
        parties=tuple(entry.parties),
        kind=entry.kind,
        legal_force=entry.legal_force,
        stage=entry.stage,
        date=entry.date,
        amount=None if entry.amount is None else float(entry.amount),
        amount_unit=entry.amount_unit,
        initiatives=tuple(entry.initiatives),
        facts=tuple(entry.facts),
        claims=tuple(entry.claims),
        note=entry.note,
    )


def _initiative(name: str, entry: InitiativeEntry, classes: Mapping[str, ReferenceClass]) -> Initiative:
    cost = entry.cost or CostEntry()
    return Initiative(
        name=name,
        origin=entry.origin,
        title_en=entry.title.en,
        title_sr=entry.title.sr,
        sector=entry.sector,
        owner=entry.owner,
        partners=tuple(entry.partners),
        status=entry.status,
        reference_class=entry.reference_class,
        part_of=entry.part_of,
        envelope=entry.envelope,
        cost_low=None if cost.low is None else float(cost.low),
        cost_high=None if cost.high is None else float(cost.high),
        cost_unit=cost.unit,
        cost_note=cost.note,
        financing=tuple(_financing(one) for one in entry.financing),
        milestone=entry.milestone,
        started=entry.started,
        finished=entry.finished,
        promises=tuple(_promise(one) for one in entry.promises),
        stages=_stages(entry, classes),
        depends_on=tuple(entry.depends_on),
        changes=tuple(_change(one) for one in entry.changes),
        facts=tuple(dict.fromkeys((*entry.facts, *cost.facts))),
        claims=tuple(entry.claims),
        note=entry.note,
    )


def _check_done(
    name: str, entry: InitiativeEntry, classes: Mapping[str, ReferenceClass], places: Places, problems: Problems
) -> None:
    stages = {stage.name for stage in _stages(entry, classes)}
    for index, done in enumerate(entry.done):
        if done not in stages and (stages or not entry.reference_class):
            problems.add(
                f"{name} has no stage {done}", places.where("initiatives", name, "done", index), nearest(done, stages)
            )


def _stages(entry: InitiativeEntry, classes: Mapping[str, ReferenceClass]) -> tuple[Stage, ...]:
    done = set(entry.done)
    if entry.stages:
        return tuple(_own_stage(stage, done) for stage in entry.stages)
    known = classes.get(entry.reference_class)
    if known is None:
        return ()
    return tuple(
        Stage(
            name=stage.name,
            title=stage.title,
            share=stage.share,
            after=stage.after,
            gate_pass=stage.gate_pass,
            gate_wait=stage.gate_wait,
            gate_attempts=stage.gate_attempts,
            milestone="",
            done=stage.name in done,
        )
        for stage in known.stages
    )


def _own_stage(stage: InitiativeStageEntry, done: Collection[str]) -> Stage:
    passes, wait, attempts = gate_of(stage)
    return Stage(
        name=stage.name,
        title=stage.title,
        share=stage.share,
        after=tuple(stage.after),
        gate_pass=passes,
        gate_wait=wait,
        gate_attempts=attempts,
        milestone=stage.milestone,
        done=stage.name in done,
    )


def _financing(entry: FinancingEntry) -> Financing:
    return Financing(
        entry.lender,
        entry.partner,
        float(entry.share),
        entry.kind,
        entry.guaranteed,
        entry.status,
        entry.because,
        entry.currency,
    )


def _promise(entry: PromiseEntry) -> Promise:
    return Promise(
        name=entry.name,
        milestone=entry.milestone,
        said=entry.said,
        date=entry.date,
        kind=entry.kind,
        facts=tuple(entry.facts),
        source=entry.source,
        note=entry.note,
    )


def _change(entry: ChangeEntry) -> Change:
    value = entry.value
    return Change(
        quantity=entry.quantity,
        verb=entry.verb,
        value={year: float(value[year]) for year in sorted(value)} if isinstance(value, dict) else float(value),
        unit=entry.unit,
        where=by_name(entry.where),
        start=entry.start,
        full_by=float(entry.full_by),
        until=entry.until,
        because=entry.because,
    )
