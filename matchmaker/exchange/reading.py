"""Values of one record read as a draft's fields want them; what cannot be read is noted with its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matchmaker.exchange.names import Found, Names
from matchmaker.exchange.place_cells import Places
from matchmaker.exchange.records import Record, split_list
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import is_blank
from matchmaker.languages import language_name_known

_DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")  # as all of Latin America writes
_YEAR_FIRST = re.compile(r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ].*)?$")
_YEAR = re.compile(r"^(\d{4})(?:\.0)?(?:-\d{2}-\d{2})?$")
_LANGUAGE_WITH_COUNTRY = re.compile(r"^([A-Za-z]{2,3})[-_][A-Za-z]{2}$")
LABELS_SHOWN = 12
ISO_DATE = "2027-02-28"


@dataclass
class Reading:
    """One record being read. `lenient` names fields whose unreadable values are left out with a notice."""

    record: Record
    labels: Mapping[str, Names]
    places: Places
    lenient: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def wrong(self, path: str, value: object, code: str, expected: str = "") -> None:
        """Note what is wrong, or leave the value out where that is allowed."""
        is_lenient = path.partition(".")[0] in self.lenient
        problem = Problem(self.record.line, self.record.column(path), shown(value), code, expected)
        if is_lenient:
            self.notices.append(Problem(problem.line, problem.column, problem.value, "left_out", code))
        else:
            self.problems.append(problem)

    def text(self, path: str, value: object) -> object:
        """Text; numbers as they are written."""
        if isinstance(value, bool | dict | list):
            self.wrong(path, value, "not_text")
            return None
        return value if isinstance(value, str) else str(value)

    def texts(self, path: str, value: object) -> list[object]:
        """A list of texts."""
        return [self.text(f"{path}.{at}", item) for at, item in enumerate(split_list(value)) if not is_blank(item)]

    def label(self, path: str, value: object, *, names: str) -> str | None:
        """The code that a label means."""
        text = str(value).strip()
        found = self.labels[names].find(text)
        if names == "languages" and not found.exact:
            found = _language(text, self.labels[names]) or found
        if not found.meaning:
            code = "label_ambiguous" if found.candidates else "unknown_code"
            self.wrong(path, value, code, _listed(list(found.candidates) or self.labels[names].meanings()))
            return None
        if not found.exact:
            column = self.record.column(path)
            self.notices.append(Problem(self.record.line, column, shown(text), "label_guessed", found.meaning))
        return found.meaning

    def label_list(self, path: str, value: object, *, names: str) -> list[str]:
        """The codes of a list of labels; commas cut where the whole piece is no label."""
        codes: list[str | None] = []
        for at, piece in enumerate(split_list(value)):
            pieces = [piece]
            if isinstance(piece, str) and "," in piece and not self.labels[names].find(piece).meaning:
                pieces = [part for part in piece.split(",") if part.strip()]
            codes += [self.label(f"{path}.{at}", part, names=names) for part in pieces if not is_blank(part)]
        return list(dict.fromkeys(code for code in codes if code))

    def day(self, path: str, value: object) -> str | None:
        """A date as ISO text: written year first, or day first; never month first."""
        text = str(value).strip()
        match, year_first = _DAY_FIRST.match(text), _YEAR_FIRST.match(text)
        numbers = match.groups()[::-1] if match else year_first.groups() if year_first else ("0", "0", "0")
        try:
            return date(*map(int, numbers)).isoformat()
        except ValueError:
            self.wrong(path, value, "not_a_date", ISO_DATE)
            return None

    def year(self, path: str, value: object) -> int | None:
        """A year of four digits, or that of a date."""
        match = _YEAR.match(str(value).strip())
        if not match:
            self.wrong(path, value, "not_a_number", "1900-2100")
            return None
        return int(match[1])

    def place(self, path: str, value: object) -> dict[str, object] | None:
        """A place, settled. A country alone is no place: it is left out with a notice."""
        if isinstance(value, dict) and not any(value.get(key) for key in ("name", "geonameid", "territory_id")):
            if any(not is_blank(part) for part in value.values()):
                column = self.record.column(path)
                self.notices.append(Problem(self.record.line, column, shown(value), "left_out", "place"))
            return None
        settled, code, expected = self.places.settle(value)
        if settled is None:
            self.wrong(f"{path}.name", value.get("name", value) if isinstance(value, dict) else value, code, expected)
        return settled

    def groups(self, path: str, value: object, *, parts: Mapping[str, "Read"], main: str) -> list[dict[str, object]]:
        """A list of objects; a bare text stands for its main part."""
        items = value if isinstance(value, list) else [value]
        return [
            {main: "", **self.fields(f"{path}.{at}.", item if isinstance(item, dict) else {main: item}, parts=parts)}
            for at, item in enumerate(items)
            if not is_blank(item)
        ]

    def fields(self, prefix: str, values: Mapping[str, object], *, parts: Mapping[str, "Read"]) -> dict[str, object]:
        """The known parts of an object, each read in its way; unknown ones are left out with a notice."""
        result: dict[str, object] = {}
        for name, value in values.items():
            if name not in parts:
                self.notices.append(Problem(self.record.line, f"{prefix}{name}", "", "column_ignored"))
            elif not is_blank(value):
                read = parts[name](self, f"{prefix}{name}", value)
                if read is not None:
                    result[name] = read
        return result


Read = Callable[[Reading, str, object], object]
"""Reads one value at a dotted path; None where nothing is left of it."""


def _language(text: str, names: Names) -> Found | None:
    """`pt-BR` is pt; a code that no list of ours has is a language all the same."""
    match = _LANGUAGE_WITH_COUNTRY.match(text)
    code = (match[1] if match else text).lower()
    if names.find(code).exact:
        return names.find(code)
    return Found(meaning=code, exact=True) if language_name_known(code) else None


def _listed(codes: list[str]) -> str:
    return ", ".join(codes[:LABELS_SHOWN]) + (", …" if len(codes) > LABELS_SHOWN else "")
