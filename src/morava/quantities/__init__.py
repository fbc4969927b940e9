"""What can be measured, in what unit, over what. Knows nothing of anything else."""

from morava.quantities.arrays import check, labelled
from morava.quantities.glossary import DIMENSIONS, KINDS, Quantity, find, glossary

__all__ = ["DIMENSIONS", "KINDS", "Quantity", "check", "find", "glossary", "labelled"]
