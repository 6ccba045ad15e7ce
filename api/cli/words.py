"""Which of the three languages an operator reads, and the sentences of the command line in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.i18n import catalogue, words
from matchmaker.languages import WorkingLanguage

DOMAIN = "cli"
OPTION = "--lang"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first one that is set decides


@dataclass(frozen=True)
class Chosen:
    """The language of one command, what is left of its arguments, and a language asked for that there is not."""

    language: WorkingLanguage
    arguments: list[str]
    unknown: str | None = None


@dataclass(frozen=True)
class Say:
    """The sentences of one language."""

    language: WorkingLanguage

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key with its values. Raises KeyError for a key that the catalogue lacks."""
        sentence = self.known(key, values)
        if sentence is None:
            raise KeyError(key)
        return sentence

    def known(self, key: str, values: Mapping[str, object]) -> str | None:
        """As a call; nothing for a key that the catalogue lacks."""
        sentence = catalogue(self.language, DOMAIN).gettext(key)
        return None if sentence == key else sentence.format_map(values)

    def refusal(self, code: str, values: Mapping[str, object]) -> str:
        """What an error says and what to do: in the command line's own words, else in those of the API."""
        told = {name: _listed(value) for name, value in values.items()}
        own = self.known(f"error.{code}", told)
        if own is not None:
            return own
        shared = [words(self.language, f"problem.{code}.{part}", values) for part in ("title", "detail")]
        if all(shared):
            return ". ".join(piece.rstrip(".") for piece in shared) + "."
        pairs = ", ".join(f"{name}={value}" for name, value in told.items())
        return self("error.refused", code=code, values=pairs)


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


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple, set, frozenset)) else str(value)
