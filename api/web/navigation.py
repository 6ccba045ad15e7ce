"""Where a reader can go: the sections of the masthead by who reads, and further pages at the foot of every page.

A section is shown once the application has its page, so that nothing leads nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from fastapi import FastAPI
from starlette.routing import BaseRoute, Match

from matchmaker.languages import WorkingLanguage


class Known(Protocol):
    """What is asked of who is signed in."""

    @property
    def is_member(self) -> bool:
        """Whether they act for a member."""
        ...

    @property
    def is_secretariat(self) -> bool:
        """Whether they work at the secretariat."""
        ...

    @property
    def is_alliance(self) -> bool:
        """Whether they work for the alliance, in whichever role."""
        ...


class Reader(StrEnum):
    """Who reads, as far as sections differ."""

    ANYONE = "anyone"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    ALLIANCE = "alliance"


@dataclass(frozen=True)
class Section:
    """A link of the masthead or the foot: its words are in the template, by `code`; pages of it name it as theirs."""

    code: str
    path: str
    readers: frozenset[Reader] = frozenset(Reader)


@dataclass(frozen=True)
class Navigation:
    """What stands above and below a page."""

    sections: tuple[Section, ...] = ()
    further: tuple[Section, ...] = ()


NOWHERE = Navigation()
OWN = frozenset({Reader.MEMBER})
OFFICE = frozenset({Reader.SECRETARIAT})
SECTIONS = (
    Section("desk", "/desk", frozenset({Reader.ALLIANCE})),
    Section("work", "/work", OWN),
    Section("introductions", "/introductions", OWN | OFFICE),
    Section("alerts", "/alerts", OWN),
    Section("try", "/"),
    Section("challenges", "/challenges"),
    Section("profiles", "/profiles"),
    Section("alliance", "/alliance"),
)
FURTHER = (
    Section("map", "/map"),
    Section("areas", "/areas"),
    Section("events", "/events"),
    Section("mentoring", "/mentors"),
    Section("guides", "/guides"),
    Section("register", "/register"),
    Section("ethics", "/ethics"),
    Section("privacy", "/privacy"),
)


def navigation_of(app: FastAPI, person: Known | None) -> Navigation:
    """The sections for whoever reads."""
    served: frozenset[str] | None = getattr(app.state, "sections_served", None)
    if served is None:
        served = app.state.sections_served = served_paths(app.router.routes)
    readers = readers_of(person)
    sections = tuple(each for each in SECTIONS if each.readers & readers and each.path in served)
    return Navigation(sections, tuple(each for each in FURTHER if each.path in served))


def readers_of(person: Known | None) -> frozenset[Reader]:
    """As whom somebody reads: one account may be several."""
    if person is None:
        return frozenset({Reader.ANYONE})
    own = {Reader.MEMBER} if person.is_member else set()
    office = {Reader.SECRETARIAT} if person.is_secretariat else set()
    alliance = {Reader.ALLIANCE} if person.is_alliance else set()
    return frozenset({Reader.ANYONE, *own, *office, *alliance})


def served_paths(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """Those paths of sections that routes answer."""
    paths = {section.path for section in (*SECTIONS, *FURTHER)}
    known = list(routes)
    return frozenset(path for path in paths if any(_answers(route, path) for route in known))


def _answers(route: BaseRoute, path: str) -> bool:
    address = f"/{WorkingLanguage.ES}{path}"
    scope = {"type": "http", "method": "GET", "path": address, "root_path": "", "headers": []}
    return route.matches(scope)[0] is Match.FULL
