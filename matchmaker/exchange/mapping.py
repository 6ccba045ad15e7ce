"""Mappings: small JSON or TOML files that say where a draft's fields stand in somebody else's file."""

import json
import tomllib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.drafting import CHALLENGE_FIELDS, PROFILE_FIELDS
from matchmaker.exchange.names import name_key
from matchmaker.exchange.records import Record
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Row, is_blank
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES

EACH = "$each"  # in a group's rules: the item that the group repeats for
SAME = "$same"  # as `otherwise`: what the table does not name stays as it is
RULE_KEYS = frozenset(
    {"from", "join", "with", "constant", "values", "otherwise", "when_blank", "split", "part", "shorten"}
)


@dataclass(frozen=True)
class Mapping:
    """A mapping as read. `rules` are those of data/mappings/README.md, by target field; `lenient` as in `Reading`."""

    kind: str
    source: str
    visibility: str
    is_reference: bool
    lenient: frozenset[str]
    rules: MappingOf[str, Any]


class NotMappedError(Exception):
    """A value that the mapping's `values` do not name."""

    def __init__(self, column: str, value: object, known: list[str]) -> None:
        super().__init__(column)
        self.column, self.value, self.known = column, value, known


def load_mapping(path: Path) -> Mapping:
    """Read a mapping. Raises `mapping_broken`, with the place in `value`."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        mapping = Mapping(
            kind=data["kind"], source=data.get("source", ""), visibility=data.get("visibility", ""),
            is_reference=bool(data.get("is_reference", False)), lenient=frozenset(data.get("lenient", ())),
            rules=data["fields"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInputError("mapping_broken", field="mapping", value=f"{path.name}: {error}") from error
    _check(mapping, path)
    return mapping


def apply_mapping(mapping: Mapping, row: Row) -> Record | Problem:
    """A row as a record, or the value that the mapping has no answer for."""
    record = Record(row.line, {})
    try:
        for name, rule in mapping.rules.items():
            value = _value(rule, row.values, record.columns, name)
            if not is_blank(value):
                record.values[name] = value
    except NotMappedError as error:
        return Problem(row.line, error.column, shown(error.value), "not_mapped", ", ".join(error.known))
    return record


def _check(mapping: Mapping, path: Path) -> None:
    known = {PROFILES: PROFILE_FIELDS, CHALLENGES: CHALLENGE_FIELDS}.get(mapping.kind)
    if known is None:
        raise InvalidInputError("mapping_broken", field="mapping", value=f"{path.name}: kind {mapping.kind}")
    for name in [*mapping.rules, *mapping.lenient]:
        if name not in known:
            where = f"{path.name}: {name}"
            raise InvalidInputError("mapping_broken", field="mapping", value=where, known=sorted(known))
    for name, rule in mapping.rules.items():
        _check_rule(rule, where=f"{path.name}: {name}")


def _check_rule(rule: Any, *, where: str) -> None:
    if isinstance(rule, list):
        for item in rule:
            _check_rule(item, where=where)
    elif isinstance(rule, dict) and not RULE_KEYS & rule.keys():
        for name, part in rule.items():
            if name != "each":
                _check_rule(part, where=f"{where}.{name}")
    elif isinstance(rule, dict) and rule.keys() - RULE_KEYS:
        raise InvalidInputError("mapping_broken", field="mapping", value=f"{where}: {sorted(rule.keys() - RULE_KEYS)}")


def _value(rule: Any, row: MappingOf[str, object], columns: dict[str, str], path: str) -> object:
    """The value that a rule gives: of a source, of several parts (an object), of several items (a list)."""
    if isinstance(rule, str):
        rule = {"from": rule}
    if isinstance(rule, list):
        items = [_value(item, row, columns, f"{path}.{at}") for at, item in enumerate(rule)]
        return [item for item in items if not is_blank(item)]
    if "each" in rule:
        return _repeated(rule, row, columns, path)
    if not RULE_KEYS & rule.keys():
        parts = {name: _value(part, row, columns, f"{path}.{name}") for name, part in rule.items()}
        kept = {name: part for name, part in parts.items() if not is_blank(part)}
        return kept if any("constant" not in rule[name] for name in kept) else None
    return _simple(rule, row, columns, path)


def _repeated(rule: MappingOf[str, Any], row: MappingOf[str, object], columns: dict[str, str], path: str) -> object:
    """One object for each item of a list: `{"each": source, part: rule, …}`."""
    items = _source(row, rule["each"])
    parts = {name: part for name, part in rule.items() if name != "each"}
    made = [
        _value(parts, {**row, EACH: item}, columns, f"{path}.{at}")
        for at, item in enumerate(items if isinstance(items, list) else [items])
        if not is_blank(item)
    ]
    return [item for item in made if not is_blank(item)]


def _simple(rule: MappingOf[str, Any], row: MappingOf[str, object], columns: dict[str, str], path: str) -> object:
    if "constant" in rule:
        return rule["constant"]
    named = rule.get("join", rule.get("from", ()))
    sources = [named] if isinstance(named, str) else list(named)
    columns[path] = sources[0] if sources else path
    values = [value for value in (_source(row, name) for name in sources) if not is_blank(value)]
    if "join" in rule:
        value: object = str(rule.get("with", " ")).join(dict.fromkeys(map(str, _flattened(values))))
    else:
        value = values[0] if values else None
    return _finished(rule, value, column=columns[path])


def _finished(rule: MappingOf[str, Any], value: object, *, column: str) -> object:
    if "split" in rule and isinstance(value, str):
        value = _split(value, rule["split"])
    if "part" in rule and isinstance(value, list):
        value = value[rule["part"]] if -len(value) <= rule["part"] < len(value) else None
    if "values" in rule:
        value = _translated(rule, value, column=column)
    if "shorten" in rule and isinstance(value, str):
        value = shortened(value, rule["shorten"])
    return rule.get("when_blank") if is_blank(value) else value


def _translated(rule: MappingOf[str, Any], value: object, *, column: str) -> object:
    """Values by the mapping's own table, compared without accents, case and punctuation; null leaves one out."""
    table = {name_key(key): meaning for key, meaning in rule["values"].items()}
    if isinstance(value, list):
        found = [_translated(rule, item, column=column) for item in value if not is_blank(item)]
        return list(dict.fromkeys(item for item in _flattened(found) if not is_blank(item)))
    if is_blank(value):
        return None
    key = name_key(str(value))
    if key not in table and "otherwise" not in rule:
        raise NotMappedError(column, value, list(rule["values"]))
    meaning = table.get(key, rule.get("otherwise"))
    return value if meaning == SAME else meaning


def _source(row: MappingOf[str, object], name: str) -> object:
    """The value under a key or header; dots go into objects, `{key}` puts another value's text into the name."""
    for key, value in row.items() if "{" in name else ():
        name = name.replace(f"{{{key}}}", str(value))
    if name in row:
        return row[name]
    found: object = row
    for piece in name.split("."):
        if not isinstance(found, MappingOf):
            return None
        found = found.get(piece, next((found[key] for key in found if name_key(str(key)) == name_key(piece)), None))
    return found


def _split(text: str, characters: str) -> list[object]:
    for character in characters[1:]:
        text = text.replace(character, characters[0])
    return [piece.strip() for piece in text.split(characters[0])]


def shortened(text: str, characters: int) -> str:
    """At most so many characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= characters:
        return text
    cut = text[: characters - 1].rpartition(" ")[0] or text[: characters - 1]
    return cut.rstrip(" ,;:.-") + "…"


def _flattened(values: list[Any]) -> list[Any]:
    return [item for value in values for item in (value if isinstance(value, list) else [value])]
