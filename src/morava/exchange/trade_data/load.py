"""Load a file of real data into a copy of a pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.exchange.trade_data.asked import BACI, DUTIES, INPUT_OUTPUT, ITPD, KINDS, Asked, Change, Loaded
from morava.exchange.trade_data.baci import load_baci
from morava.exchange.trade_data.copying import find_base, write_copy
from morava.exchange.trade_data.duties import load_duties
from morava.exchange.trade_data.input_output import load_input_output
from morava.exchange.trade_data.itpd import load_itpd
from morava.exchange.trade_data.pack_files import add_source, note_tables, set_facts, set_uncertainties
from morava.exchange.trade_data.world import PackTables, read_world, write_tables
from morava.plans.read import read_country
from morava.plans.types import Country


def load_trade_data(asked: Asked) -> Loaded:
    """Load a file into a copy of a pack, or into a copy that was made this way before.

    Returns
    -------
    Loaded
        Where the pack is, and what was done in words.

    Raises
    ------
    MoravaError
        Everything that is wrong with the options, the file or the pack that would come out. Then nothing is written.
    """
    _check_options(asked)
    asked = replace(asked, out=asked.out.resolve())
    base = find_base(asked.country, asked.out)
    country = read_country(base.folder)
    change = _change(asked, read_world(country), country)

    def write(folder: Path) -> None:
        source = add_source(folder, asked.source, asked.file)
        write_tables(change.world, note_tables(folder, change.tables, source))
        set_uncertainties(folder, change.settings, source)
        if change.facts:
            set_facts(folder, change.facts, source, asked.source.published, change.facts_note)

    before = tuple(f"{one['kind']} ({one['file']})" for one in base.loads)
    write_copy(base, asked.out, {"kind": asked.kind, "file": asked.file.name, "source": asked.source.title}, write)
    onto = [f"loaded before: {', '.join(before)}"] if before else []
    return Loaded(asked.kind, str(asked.out), str(base.folder), (*onto, *change.lines))


def _change(asked: Asked, world: PackTables, country: Country) -> Change:
    if asked.kind == DUTIES:
        return load_duties(asked, world, country)
    return {INPUT_OUTPUT: load_input_output, BACI: load_baci, ITPD: load_itpd}[asked.kind](asked, world)


def _check_options(asked: Asked) -> None:
    problems = Problems()
    if asked.kind not in KINDS:
        raise MoravaError(Problem(f"there is no kind {asked.kind!r}", "load-trade", nearest(asked.kind, KINDS)))
    if not asked.file.is_file():
        problems.add(f"there is no file {asked.file}", "load-trade", "name a CSV file")
    for option, text in (
        ("title", asked.source.title), ("address", asked.source.address), ("producer", asked.source.producer)
    ):  # fmt: skip
        if not text.strip():
            problems.add(f"the source has no {option}", f"--source-{option}", "say where the file comes from")
    if asked.kind == INPUT_OUTPUT and not asked.name.strip():
        problems.add("the technology has no name", "--name", 'give one, such as --name "Serbia 2021"')
    only_for = {
        "--name": (asked.name, (INPUT_OUTPUT,)),
        "--only": (asked.only, (INPUT_OUTPUT,)),
        "--partner": (asked.partner, (DUTIES,)),
        "--fit": (asked.fit, (INPUT_OUTPUT, BACI, ITPD)),
        "--sectors": (asked.sectors, (INPUT_OUTPUT, BACI, ITPD)),
        "--regions": (asked.regions, (BACI, ITPD)),
    }
    for option, (given, kinds) in only_for.items():
        if given and asked.kind not in kinds:
            problems.add(f"{asked.kind} takes no {option}", option, f"it is for {', '.join(kinds)}")
    problems.raise_if_any()
