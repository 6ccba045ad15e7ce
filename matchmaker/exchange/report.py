"""What an import tells: codes and values. Words belong to `api`.

Codes of problems (the row is refused; `expected` holds what would be right):

- of the file, at line 1: `column_missing`, `kind_undetected`; where it breaks off: `file_broken`
- of the row's form: `cells_extra`, `cell_too_long`, `line_too_long`, `json_invalid`, `not_an_object`,
  `encoding_invalid`
- of one value: `missing`, `too_long`, `too_many`, `malformed`, `not_text`, `not_a_list`, `not_a_number`,
  `out_of_range`, `not_a_date`, `unknown_field`, `unknown_code`, `label_ambiguous`, `no_words`, `nul_character`,
  `lone_surrogate`, `dates_out_of_order`, `place_unknown`, `place_ambiguous`, `owner_unknown`, `not_mapped`, `invalid`
- of the row among others: `id_repeated` (expected: the line that has it first), `not_saved` (the database refused it)

Codes of notices (the row is kept; `expected` holds what was understood): `header_guessed`, `header_ambiguous`,
`column_ignored`, `column_repeated`, `label_guessed`, `left_out`, `id_made`, `owned_by_its_author`, `contracts_cut`,
`refused_by_owner`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

KEPT_PROBLEMS = 1_000  # of a file; the rest are only counted
KEPT_NOTICES = 200
SHOWN_CHARACTERS = 120  # of a value

Progress = Callable[[str, int, int], None]
"""Is told a stage (import_reading, import_done), how much is done and of how much; 0 where that is not known.

The unit is bytes of the file for CSV, JSON Lines and OCDS, rows for XLSX.
"""


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth a notice. `line` counts from 1 (in an OCDS package: the release's place, from 1)."""

    line: int
    column: str
    value: str
    code: str
    expected: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What became of a file's rows.

    `rows` were read, `refused_rows` of them refused for `problem_count` reasons; `refused` and `notices` keep the first
    KEPT_PROBLEMS and KEPT_NOTICES, while `problems_by_code` and
    `notices_by_code` count them all. An OCDS release may make several
    profiles and challenges, so that there the other counts do not add up to `rows`.
    """

    kind: str
    source: str
    dry_run: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    refused_rows: int
    problem_count: int
    refused: tuple[Problem, ...]
    problems_by_code: dict[str, int]
    notices_by_code: dict[str, int]
    notices: tuple[Problem, ...]


@dataclass
class Tally:
    """An import's report while it is being written."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused_rows: int = 0
    kept: list[Problem] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    notice_codes: Counter[str] = field(default_factory=Counter)
    notices: dict[tuple[str, str, str], Problem] = field(default_factory=dict)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Count one refused row with all that is wrong with it."""
        self.refused_rows += 1
        for problem in problems:
            self.codes[problem.code] += 1
            if len(self.kept) < KEPT_PROBLEMS:
                self.kept.append(problem)

    def notice(self, notices: Iterable[Problem]) -> None:
        """Keep each notice once for its column and value."""
        for item in notices:
            self.notice_codes[item.code] += 1
            if len(self.notices) < KEPT_NOTICES:
                self.notices.setdefault((item.column, item.value, item.code), item)

    def count(self, *, is_new: bool, changed: bool) -> None:
        """Count a saved row."""
        self.created += is_new
        self.updated += changed and not is_new
        self.unchanged += not changed

    def report(self, *, kind: str, source: str, dry_run: bool) -> ImportReport:
        """The tally as a value."""
        return ImportReport(
            kind=kind, source=source, dry_run=dry_run, rows=self.rows, created=self.created, updated=self.updated,
            unchanged=self.unchanged, refused_rows=self.refused_rows, problem_count=sum(self.codes.values()),
            refused=tuple(sorted(self.kept, key=lambda problem: problem.line)),
            problems_by_code=dict(self.codes), notices_by_code=dict(self.notice_codes),
            notices=tuple(self.notices.values()),
        )  # fmt: skip


def shown(value: object) -> str:
    """A value short enough for a report, without what no terminal can print."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
