"""How a line of the table of permissions is written, read and asked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from matchmaker.accounts.models import Scope
from matchmaker.languages import WorkingLanguage
from tests.api.permissions.callers import Audience

NAMED = re.compile(r"\{(\w+)=(\w+)\}")
LANGUAGE = "/{language}"
READ, WRITE, PEOPLE = frozenset({Scope.READ}), frozenset({Scope.WRITE}), frozenset({Scope.WRITE, Scope.PEOPLE})
Names = Mapping[str, int | str]


class Name(str):
    """Stands in a body for the number of a row of the world, or for one of its secrets."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """One route on one row of the world, and who is let in. `{profile_id=firm}` names the row."""

    asked: str
    may: Audience
    body: object = None
    needs: frozenset[Scope] | None = None  # of a token; by its method when nothing is said
    form: Mapping[str, str] = field(default_factory=dict)
    then: int = 0  # who is let in is answered so, where the state of the world refuses what permission allows

    @property
    def method(self) -> str:
        return self.asked.split()[0]

    @property
    def route(self) -> str:
        """Method and address as the application declares them."""
        return NAMED.sub(r"{\1}", self.asked).partition("?")[0]

    @property
    def scopes(self) -> frozenset[Scope]:
        return self.needs if self.needs is not None else READ if self.method == "GET" else WRITE

    def addresses(self, names: Names) -> Iterator[str]:
        """Where it is asked; a page in each of its languages."""
        path = NAMED.sub(lambda found: str(names[found[2]]), self.asked.split()[1])
        languages = list(WorkingLanguage) if path.startswith(LANGUAGE) else [""]
        for language in languages:
            yield path.replace(LANGUAGE, f"/{language}", 1)

    def rows(self, names: Names) -> dict[str, int | str]:
        """The rows that its path names, by parameter."""
        return {parameter: names[name] for parameter, name in NAMED.findall(self.asked.partition("?")[0])}

    def sent(self, names: Names) -> object:
        """The body, with numbers for names."""
        return _filled(self.body, names)

    def typed(self, names: Names) -> dict[str, str]:
        """What is typed into the form, with secrets for names."""
        return {name: str(_filled(value, names)) for name, value in self.form.items()}


def _filled(value: object, names: Names) -> object:
    if isinstance(value, Name):
        return names[value]
    if isinstance(value, dict):
        return {key: _filled(item, names) for key, item in value.items()}
    return [_filled(item, names) for item in value] if isinstance(value, list) else value
