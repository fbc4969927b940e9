"""Hold data against a schema; say what is wrong in our own words, with the line, and keep what is right."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from morava.errors import Problem, Problems, nearest
from morava.plans.places import MOST_PROBLEMS, Places
from morava.plans.yaml_file import KeyPath

Schema = TypeVar("Schema", bound=BaseModel)

_NOT_A = {
    "string_type": ("words", "write words, in quotes where they look like a number, true, false or null"),
    "float_type": ("a number", "write digits with a decimal point, without quotes and separators"),
    "int_type": ("a whole number", "write digits only, without quotes"),
    "int_from_float": ("a whole number", "write digits only"),
    "bool_type": ("true or false", "write true or false"),
    "list_type": ("a list", "write [one, two], or - one under the key"),
    "dict_type": ("a mapping", "write key: value under it"),
    "model_type": ("a mapping", "write key: value under it"),
    "model_attributes_type": ("a mapping", "write key: value under it"),
}
_BOUNDS = {
    "greater_than_equal": ("below {ge}", "give at least {ge}"),
    "greater_than": ("not above {gt}", "give more than {gt}"),
    "less_than_equal": ("above {le}", "give at most {le}"),
    "less_than": ("not below {lt}", "give less than {lt}"),
}


def validate(
    schema: type[Schema], data: Any, places: Places, prefix: KeyPath, problems: Problems, sections: frozenset[KeyPath]
) -> Schema | None:
    """Return data as its schema, without the entries that are wrong, or None where its frame is wrong.

    Parameters
    ----------
    schema
        The schema of a kind of file.
    data
        What the file says.
    places, prefix
        Where its keys stand, and under which path.
    problems
        Takes everything that is wrong.
    sections
        Paths of the mappings and lists whose entries stand alone: one that is wrong is left out, and the others are
        still looked at.
    """
    kept = data
    for attempt in range(3):
        try:
            return schema.model_validate(kept)
        except ValidationError as error:
            details = error.errors(include_url=False)
            misspelt = _find_misspelt(schema, kept, details)
            if attempt == 0:
                kept = deepcopy(data)
                told = [one for one in details if not _is_misspelt(kept, one, misspelt)]
                shown = told[:MOST_PROBLEMS]
                problems.extend(dict.fromkeys(_translate(one, schema, data, places, prefix) for one in shown))
            if len(details) > MOST_PROBLEMS or not _prune(kept, details, misspelt, sections):
                return None
    return None


def _find_misspelt(schema: type[BaseModel], data: Any, details: list[ErrorDetails]) -> dict[KeyPath, str]:
    """Return unknown keys that stand beside a missing one of nearly the same name, and that name."""
    found: dict[KeyPath, str] = {}
    missing = {(_in_data(data, one["loc"]), str(one["loc"][-1])) for one in details if one["type"] == "missing"}
    for unknown in [one for one in details if one["type"] == "extra_forbidden"][:MOST_PROBLEMS]:
        path = _in_data(data, unknown["loc"])
        near = get_close_matches(str(path[-1]), _known_keys(schema, path[:-1]), n=1)
        if near and (path[:-1], near[0]) in missing:
            found[path] = near[0]
    return found


def _is_misspelt(data: Any, detail: ErrorDetails, misspelt: Mapping[KeyPath, str]) -> bool:
    """Return whether a missing key is there under another spelling, of which is told already."""
    if detail["type"] != "missing" or not misspelt:
        return False
    around = _in_data(data, detail["loc"])
    return any(path[:-1] == around and name == detail["loc"][-1] for path, name in misspelt.items())


def _prune(
    kept: Any, details: list[ErrorDetails], misspelt: Mapping[KeyPath, str], sections: frozenset[KeyPath]
) -> bool:
    """Take out entries that hold errors and keys that nobody knows; False where the frame itself is wrong."""
    doomed: set[KeyPath] = set()
    for detail in details:
        path = _in_data(kept, detail["loc"])
        if detail["type"] == "extra_forbidden":
            doomed.add(path)
        elif not _is_misspelt(kept, detail, misspelt):
            around = next((path[: len(s) + 1] for s in sections if path[: len(s)] == s and len(path) > len(s)), None)
            if around is None:
                return False
            doomed.add(around)
    # Items of a list go from its end, so that the numbers of those before them stay.
    for path in sorted(doomed, key=lambda item: -item[-1] if isinstance(item[-1], int) else 0):
        holder, last = _at(kept, path[:-1]), path[-1]
        if isinstance(holder, dict) and last in holder:
            value = holder.pop(last)
            if path in misspelt:
                holder[misspelt[path]] = value
        elif isinstance(holder, list) and isinstance(last, int):
            del holder[last]
    return True


def _holds(data: Any, step: int | str) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        if not _holds(data, step):
            return None
        data = data[step]
    return data


def _in_data(data: Any, location: tuple[int | str, ...]) -> KeyPath:
    """Return the part of an error's location that exists in the data: tags of unions and missing keys do not."""
    path: list[str | int] = []
    for step in location:
        if _holds(data, step):
            data = data[step]
            path.append(step)
    return tuple(path)


def _translate(detail: ErrorDetails, schema: type[BaseModel], data: Any, places: Places, prefix: KeyPath) -> Problem:
    path = _in_data(data, detail["loc"])
    where = places.where(*prefix, *path)
    label = ".".join(str(step) for step in path)
    kind, context, value = detail["type"], detail.get("ctx", {}), _show(detail["input"])
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        around = f"{label} has" if label else "there is"
        return Problem(f"{around} no {last}", where, f"give {last}{_described(schema, path, last)}")
    if kind == "extra_forbidden":
        known = _known_keys(schema, path[:-1])
        return Problem(f"unknown key {label}", where, nearest(last, known) if known else "take it out")
    label = label or "the file"
    if kind == "morava":
        return Problem(f"{label}: {context['what']}", where, str(context["mend"]))
    if kind in _NOT_A:
        what, mend = _NOT_A[kind]
        return Problem(f"{label}: {value} is not {what}", where, mend)
    if kind in _BOUNDS:
        what, mend = _BOUNDS[kind]
        return Problem(f"{label}: {value} is {what.format(**context)}", where, mend.format(**context))
    if kind == "string_pattern_mismatch":
        return Problem(
            f"{label}: {value} is not written as it should be", where, _pattern_mend(str(context["pattern"]))
        )
    message = detail["msg"]
    return Problem(f"{label}: {value}: {message[:1].lower()}{message[1:]}", where, "mend the value")


def _pattern_mend(pattern: str) -> str:
    if "[0-9a-f]{64}" in pattern:
        return "give the 64 hexadecimal digits of a sha256"
    if r"_\d{4}" in pattern:
        return "write currency and year, e.g. EUR_2025"
    return "use letters without accents, digits, spaces and . _ + -, beginning with a letter or digit"


def _show(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "..."


@cache
def _json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    return schema.model_json_schema(by_alias=True)


def _described(schema: type[BaseModel], path: KeyPath, key: str) -> str:
    for node in _nodes(schema, path):
        text = node.get("properties", {}).get(key, {}).get("description", "")
        if text:
            return f": {text[0].lower()}{text[1:].rstrip('.')}"
    return ""


def _known_keys(schema: type[BaseModel], path: KeyPath) -> set[str]:
    return {str(key) for node in _nodes(schema, path) for key in node.get("properties", {})}


def _nodes(schema: type[BaseModel], path: KeyPath) -> list[Mapping[str, Any]]:
    """Return the parts of the JSON Schema that speak of a path."""
    root = _json_schema(schema)
    here = _expand(root, root)
    for step in path:
        below: list[Any] = []
        for node in here:
            if isinstance(step, int):
                below.append(node.get("items"))
            else:
                # Names with a pattern stand under `patternProperties`, of which there is one.
                others = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
                below.append(node.get("properties", {}).get(step, others[0]))
        here = [found for node in below if isinstance(node, dict) for found in _expand(node, root)]
    return here


def _expand(node: Mapping[str, Any], root: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "$ref" in node:
        return _expand(root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root)
    choices = [*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())]
    return [node, *(found for choice in choices for found in _expand(choice, root))]
