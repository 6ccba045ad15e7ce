"""The notice of automated ranking: a text with a version."""

from dataclasses import dataclass
from pathlib import Path

from matchmaker.rights.versions import newest


@dataclass(frozen=True)
class Section:
    """One part of the notice, in each working language."""

    code: str
    title: dict[str, str]
    text: dict[str, str]


@dataclass(frozen=True)
class Notice:
    """The notice of one version."""

    version: str
    sections: tuple[Section, ...]


def load_notice(directory: Path) -> Notice:
    """The newest notice of `data/rights`."""
    data = newest(directory / "notice")
    return Notice(data["version"], tuple(Section(**item) for item in data["sections"]))
