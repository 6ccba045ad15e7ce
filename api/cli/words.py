"""Which of the three languages an operator reads, and the sentences of the command line in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.languages import WorkingLanguage

OPTION = "--lang"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first one that is set decides


@dataclass(frozen=True)
class Chosen:
    """The language of one command, what is left of its arguments, and a language asked for that there is not."""

    language: WorkingLanguage
    arguments: list[str]
    unknown: str | None = None


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Chosen:
    """The language that `--lang` asks for, wherever it stands before `--`; else that of the locale; else English."""
    kept: list[str] = []
    asked: str | None = None
    left = list(arguments)
    while left:
        piece = left.pop(0)
        if piece == "--":
            kept += [piece, *left]
            break
        if piece == OPTION and left:
            asked = left.pop(0)
        elif piece.startswith(f"{OPTION}="):
            asked = piece.partition("=")[2]
        else:
            kept.append(piece)
    spoken = language_of_locale(environment)
    if asked is None:
        return Chosen(spoken, kept)
    found = _working(asked)
    return Chosen(found or spoken, kept, None if found else asked)


def language_of_locale(environment: Mapping[str, str]) -> WorkingLanguage:
    """The language of `es_CO.UTF-8` and the like; English for any that the service does not speak."""
    set_ones = (environment.get(name, "") for name in LOCALE_VARIABLES)
    return _working(next(filter(None, set_ones), "")) or WorkingLanguage.EN


def _working(tag: str) -> WorkingLanguage | None:
    code = tag.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return WorkingLanguage(code) if code in set(WorkingLanguage) else None
