"""An interior point method for long programs whose steps follow each other, with a proof of every answer."""

from morava.models.power.engine.answer import INFEASIBLE, NOT_SOLVED, SOLVED, UNBOUNDED, Answer, solve
from morava.models.power.engine.certificate import lower_bound
from morava.models.power.engine.chronology import BORDER, Chronology

__all__ = [
    "BORDER",
    "INFEASIBLE",
    "NOT_SOLVED",
    "SOLVED",
    "UNBOUNDED",
    "Answer",
    "Chronology",
    "lower_bound",
    "solve",
]
