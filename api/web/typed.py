"""A form as somebody filled it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a field, in the reader's words."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in, with what is wrong in it. What nobody typed is empty."""

    values: Mapping[str, object] = field(default_factory=dict)
    errors: tuple[Wrong, ...] = ()

    def get(self, name: str) -> object:
        """What was typed into a field."""
        return self.values.get(name, "")

    def wrong(self, name: str) -> str:
        """What is wrong with a field, if anything."""
        return next((error.sentence for error in self.errors if error.field == name), "")
