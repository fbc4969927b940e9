"""What the report is made of: the answers of the page's own addresses, held by address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from morava.report.words import Words

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Material:
    """Everything of one run.

    Parameters
    ----------
    run
        Its name.
    data
        By address (`/api/runs/…`) what the page gives there, as plain values.
    outcomes
        Years, and rows of the layout of `morava.report.outcomes`.
    """

    run: str
    data: Mapping[str, Any]
    outcomes: tuple[list[int], list[list[Any]]]

    def at(self, rest: str = "") -> Any:
        """Return what stands at an address of the run; None where it has nothing."""
        return self.data.get(f"/api/runs/{self.run}{f'/{rest}' if rest else ''}")

    @property
    def about(self) -> Row:
        """What the run is."""
        found: Row = self.at()
        return found

    @property
    def claims(self) -> Sequence[Row]:
        """Every claim with its answer."""
        return list((self.at("claims") or {"claims": ()})["claims"])

    @property
    def findings(self) -> Sequence[Row]:
        """What was found on the text alone."""
        return list((self.at("findings") or {"findings": ()})["findings"])

    @property
    def levers(self) -> Sequence[Row]:
        """Every lever that the strategy declares."""
        return list((self.at("levers") or {"levers": ()})["levers"])

    @property
    def sources(self) -> Sequence[Row]:
        """Every source of the country."""
        return list(self.at("sources") or ())

    def charts(self, screen: str) -> Sequence[Row]:
        """Return the charts of a screen; none where the run has not got it."""
        return list((self.at(f"screens/{screen}") or {"charts": ()})["charts"])

    def headlines(self, screen: str) -> Sequence[Row]:
        """Return the headlines of a screen; none where the run has not got it."""
        return list((self.at(f"screens/{screen}") or {"headlines": ()})["headlines"])

    def gaps(self, words: Words) -> dict[str, str]:
        """Return what was not found, by what it is."""
        return {key.partition(":")[2]: text for key, text in words.texts.items() if key.startswith("gap:")}
