"""Does the text cohere in itself? What needs no model: targets, dates, owners, money, claims against facts."""

from morava.plans.coherence.findings import Amount, Coherence, Finding, Score
from morava.plans.coherence.page import score_line, write_out
from morava.plans.coherence.rules import RULES, find_incoherences

__all__ = ["RULES", "Amount", "Coherence", "Finding", "Score", "find_incoherences", "score_line", "write_out"]
