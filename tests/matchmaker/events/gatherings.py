"""An event with cities and firms that want to meet."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from matchmaker.accounts.models import Acting, Role
from matchmaker.events.actions import Registration, register, say_wishes
from matchmaker.events.drafts import EventDraft, ParticipantDraft, WishDraft
from matchmaker.events.models import AgendaRun, Event, EventState, Participant
from matchmaker.events.planning import plan_event, set_state
from matchmaker.events.queries import wishes_of
from matchmaker.events.running import run_search
from matchmaker.events.runs import ask_run
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import NOW, lists, saved_profile, signed_in


def event_draft(**changes: Any) -> EventDraft:
    """A day with a lunch, two tables and one more in a zone."""
    draft: dict[str, Any] = {
        "name": "Encuentro de Bogotá",
        "venue": "Centro de convenciones",
        "city": "Bogotá",
        "country": "CO",
        "time_zone": "America/Bogota",
        "languages": ["es", "pt"],
        "slot_minutes": 20,
        "pause_minutes": 5,
        "days": [
            {
                "on": "2027-03-10",
                "starts": "09:00",
                "ends": "12:00",
                "breaks": [{"starts": "10:15", "ends": "10:40"}],
                "keeps_free": [{"starts": "11:00", "ends": "12:00"}],
            }
        ],
        "tables": [{"id": "1", "room": "Salón A"}, {"id": "2", "room": "Salón A"}, {"id": "Z", "zone": "señas"}],
        "policy": {"city_floor": 1, "small_city_floor": 1, "small_supplier_floor": 0},
        "opens_at": (NOW - timedelta(days=1)).isoformat(),
        "closes_at": (NOW + timedelta(days=30)).isoformat(),
    }
    return EventDraft.model_validate(draft | changes)


@dataclass
class Party:
    """A member with who speaks for it, registered."""

    acting: Acting
    profile: Profile
    who: Participant

    @property
    def id(self) -> int:
        return self.who.id or 0


@dataclass
class Gathering:
    """An open event, and members by name."""

    session: Session
    rosa: Acting = field(init=False)
    event: Event = field(init=False)
    parties: dict[str, Party] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rosa = signed_in(self.session, role=Role.SECRETARIAT, name="Rosa")
        self.event = plan_event(self.session, acting=self.rosa, draft=event_draft(), now=NOW)
        set_state(self.session, acting=self.rosa, event_id=self.id, state=EventState.OPEN, now=NOW)

    @property
    def id(self) -> int:
        return self.event.id or 0

    def add(self, name: str, kind: str = "company", **said: Any) -> Party:
        acting = signed_in(self.session, name=f"Alguien de {name}")
        profile = saved_profile(self.session, acting=acting, kind=kind, name=name, email="")
        who = register(
            self.session, acting=self.rosa, event_id=self.id, registration=Registration(profile.id or 0),
            draft=ParticipantDraft(**said), now=NOW,
        )  # fmt: skip
        self.parties[name] = Party(acting, profile, who)
        return self.parties[name]

    def wish(self, name: str, **degrees: str) -> None:
        """Say more; `degrees` by the name of the other."""
        party = self.parties[name]
        said = {row.about_id: row.degree for row in wishes_of(self.session, participant_id=party.id)}
        said |= {self.parties[other].profile.id or 0: degree for other, degree in degrees.items()}
        wishes = [WishDraft.model_validate({"profile_id": about, "degree": degree}) for about, degree in said.items()]
        say_wishes(self.session, acting=party.acting, event_id=self.id, participant_id=party.id, wishes=wishes, now=NOW)

    def both_wish(self, one: str, *others: str, degree: str = "would_like") -> None:
        self.wish(one, **dict.fromkeys(others, degree))
        for other in others:
            self.wish(other, **{one: degree})


def town_fair(session: Session) -> Gathering:
    """Two cities and three firms, all of whom want to meet but two."""
    found = Gathering(session)
    for name in ("Sogamoso", "Tunja"):
        found.add(name, "local_government")
    for name in ("Fugas", "Datos", "Redes"):
        found.add(name)
    found.both_wish("Sogamoso", "Fugas", "Datos", "Tunja")
    found.both_wish("Tunja", "Fugas", "Redes", "Sogamoso")
    return found


def solved(database: Database, event_id: int, rosa: Acting, *, now: datetime = NOW, **asked: Any) -> AgendaRun:
    """A search done here and now."""
    with database.transaction() as session:
        run = ask_run(session, acting=rosa, event_id=event_id, lists=lists(), now=now, **asked)
    run_search(database, run.id or 0)
    with database.reading() as session:
        return session.get_one(AgendaRun, run.id)
