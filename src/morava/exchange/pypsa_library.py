"""PyPSA as an optional library: loaded when somebody asks for it, and quiet while it works."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from morava.errors import MoravaError, Problem

NOISY = ("pypsa", "linopy")
"""Libraries that write to the log what nobody here reads."""


def load_pypsa(name: str = "pypsa") -> ModuleType:
    """Return PyPSA, or a library that comes with it.

    Raises
    ------
    MoravaError
        When it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MoravaError(
            Problem(f"{name} is not installed", "exchange with PyPSA", 'pip install "morava[pypsa]"')
        ) from error


@contextmanager
def quiet_pypsa() -> Iterator[ModuleType]:
    """Give PyPSA with its log turned down and its text columns as pandas makes them; put both back afterwards."""
    pypsa = load_pypsa()
    loggers = [logging.getLogger(name) for name in NOISY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        # Without a choice PyPSA warns that its default will change in version 2.
        with pypsa.option_context("api.legacy_string_dtype", False), warnings.catch_warnings():
            # Linopy announces its next rules of arithmetic at every operation of PyPSA; PyPSA builds the same program
            # under both, and what is added here does not use linopy's arithmetic over labels.
            warnings.filterwarnings("ignore", category=load_pypsa("linopy.config").LinopySemanticsWarning)
            yield pypsa
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
