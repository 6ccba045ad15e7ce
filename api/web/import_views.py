"""The views of files that come in and go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class UploadLine:
    """A file that is kept."""

    key: str
    name: str
    state: str
    kept_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Imports(Room):
    """The form of a new file, and the files that are kept."""

    template: ClassVar[str] = "imports.html"
    lines: tuple[UploadLine, ...]
    mappings: tuple[Choice, ...]
    most_megabytes: int
    typed: Typed
    done: str


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the file and what it is read as."""

    name: str
    header: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class WrongRow:
    """What is wrong with a row, or was understood of it, beside the value itself."""

    line: int
    column: str
    value: str
    sentence: str
    right: str


@dataclass(frozen=True)
class Counts:
    """How many rows."""

    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class ImportPage(Room):
    """One file: what would become of it, or became of it. `percent` of what is being done now."""

    template: ClassVar[str] = "import.html"
    line: UploadLine
    is_working: bool
    is_stalled: bool
    percent: int
    counts: Counts | None
    kind: str
    source: str
    wrong: tuple[WrongRow, ...]
    more_wrong: int
    noticed: tuple[WrongRow, ...]
    columns: tuple[ColumnChoice, ...]
    kinds: tuple[Choice, ...]
    error: str
    typed: Typed


@dataclass(frozen=True)
class Exports(Room):
    """What can be taken out."""

    template: ClassVar[str] = "exports.html"
    profiles: int
    formats: tuple[str, ...]


VIEWS: tuple[type[Page], ...] = (Imports, ImportPage, Exports)
