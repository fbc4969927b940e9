"""Answers within a known gap from a few solved futures of the same plan."""

from morava.models.power.library.entries import Entry, Library, load_library, make_entry, save_library
from morava.models.power.library.screening import screen, screen_program

__all__ = ["Entry", "Library", "load_library", "make_entry", "save_library", "screen", "screen_program"]
