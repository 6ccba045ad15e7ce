"""What every import needs, by command or on a page: mappings by name, what a save needs, the words of bad rows."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from api.saying import Say
from api.wiring import Service
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.report import Problem
from matchmaker.profiles.actions import Desk

MAPPING_SUFFIXES = (".json", ".toml")
UNKNOWN_CODE = "invalid"  # its words serve for a code that has none of its own


def mapping_of(name: str, folder: Path) -> Path:
    """The file of a mapping: one that is there, else of that name in `folder`. Raises `mapping_unknown`."""
    known = mappings_of(folder)
    if name in known:
        return known[name]
    if Path(name).is_file():
        return Path(name)
    raise InvalidInputError("mapping_unknown", field="mapping", value=name, known=sorted(known))


def mappings_of(folder: Path) -> dict[str, Path]:
    """The mappings of a folder, by name."""
    return {path.stem: path for path in sorted(folder.iterdir()) if path.suffix in MAPPING_SUFFIXES and _maps(path)}


def desk_at(service: Service) -> Callable[[datetime], Desk]:
    """What every save needs, at a moment."""
    return lambda now: Desk(taxonomy=service.taxonomy, finder=service.gazetteer, now=now)


def _maps(path: Path) -> bool:
    """Whether a file of the folder is a mapping; headers, labels and countries are not."""
    if path.suffix != ".json":
        return True
    try:
        return "fields" in json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return True


def problem_row(say: Say, problem: Problem) -> tuple[object, ...]:
    """Line, column, value, what is wrong, what would be right."""
    values = {"expected": problem.expected, "value": problem.value}
    wrong = say.known(f"problem.{problem.code}.wrong", values) or say(f"problem.{UNKNOWN_CODE}.wrong", **values)
    right = say.known(f"problem.{problem.code}.right", values) or say(f"problem.{UNKNOWN_CODE}.right", **values)
    return problem.line, problem.column, problem.value, wrong, right.rstrip(": ")


def notice_row(say: Say, notice: Problem) -> tuple[object, ...]:
    """Line, column, value, what was understood."""
    values = {"expected": notice.expected, "value": notice.value}
    sentence = say.known(f"notice.{notice.code}", values)
    return notice.line, notice.column, notice.value, (sentence or notice.code).rstrip(": ")
