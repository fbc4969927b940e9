"""Morava: does the plan add up?.

Reads a national strategy as data, runs it through published models under many futures, and gives every claim a
verdict with its reasons, its uncertainty and its lineage.
"""

from importlib.metadata import version

__version__ = version("morava")
