"""Errors as an interface: what is wrong, where it stands, how to mend it; as many at once as can be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong.

    Examples
    --------
    >>> print(Problem("plant_capacity has no cell solar", "initiative sun", "use wind or lignite"))
    plant_capacity has no cell solar
      where: initiative sun
      mend:  use wind or lignite
    """

    what: str
    where: str
    mend: str

    def __str__(self) -> str:
        """Three lines: what, where, mend."""
        return f"{self.what}\n  where: {self.where}\n  mend:  {self.mend}"


class MoravaError(Exception):
    """Everything that Morava refuses to do, with every problem that was found.

    Parameters
    ----------
    problems
        One problem or several; never none.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("a MoravaError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[MoravaError], tuple[tuple[Problem, ...]]]:
        """Travel whole between worker processes."""
        return (type(self), (self.problems,))


class Problems:
    """A list of problems that grows while a file is read, and raises them all at the end.

    Examples
    --------
    >>> found = Problems()
    >>> found.add("no unit", "facts.csv:3", "give one")
    >>> len(found)
    1
    >>> found.raise_if_any()
    Traceback (most recent call last):
    morava.errors.MoravaError: no unit
      where: facts.csv:3
      mend:  give one
    """

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def add(self, what: str, where: str, mend: str) -> None:
        """Remember one problem."""
        self._found.append(Problem(what, where, mend))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Remember several problems."""
        self._found.extend(problems)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Remember what a block of work raises, and go on after it."""
        try:
            yield
        except MoravaError as error:
            self.extend(error.problems)

    def raise_if_any(self) -> None:
        """Raise all problems, each once, in the order found."""
        if self._found:
            raise MoravaError(dict.fromkeys(self._found))


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name an unknown one is most like, for the `mend` line.

    Examples
    --------
    >>> nearest("power_demnd", ["power_demand", "trade_export"])
    'did you mean power_demand?'
    >>> nearest("zzz", ["a", "b"])
    'known: a, b'
    """
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    shown = ", ".join(names[:12])
    return f"known: {shown}" + (f" and {len(names) - 12} more" if len(names) > 12 else "")
