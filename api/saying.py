"""The sentences of the command line and of imports in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.i18n import catalogue, words
from matchmaker.languages import WorkingLanguage

DOMAIN = "cli"


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


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple, set, frozenset)) else str(value)
