"""Events of the world: one with a published agenda, one being planned, one for which a search is under way."""

from datetime import timedelta

from sqlmodel import Session

from api.documents.feed_links import feed_secret
from matchmaker.events.actions import Registration, register, say_wishes
from matchmaker.events.agenda.editing import settle
from matchmaker.events.agenda.instance import Schedule
from matchmaker.events.drafts import GroupDraft, ParticipantDraft, WishDraft
from matchmaker.events.ground import group_key
from matchmaker.events.models import AgendaRun, AgendaSight, Degree, Event, EventState, RunState
from matchmaker.events.offering import bring_together
from matchmaker.events.planning import plan_event, set_state
from matchmaker.events.publishing import publish
from matchmaker.events.runs import asked_of
from matchmaker.events.working import keep_working
from tests.api.permissions.callers import Caller
from tests.api.permissions.words import planted
from tests.api.permissions.world import World
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import event_draft

LONG = timedelta(days=1)


def add_events(session: Session, world: World) -> None:
    """The city and the firm want to meet, and do; nobody else reads what they say of others."""
    rosa, now = world.acting[Caller.SECRETARIAT], world.service.clock()
    names = {"event": "Encuentro", "planned_event": planted("planned event"), "busy_event": "Otro"}
    for name, title in names.items():
        draft = event_draft(name=title, agenda_sight=AgendaSight.PARTICIPANTS)
        world.names[name] = plan_event(session, acting=rosa, draft=draft, now=now).id or 0
        if name != "planned_event":
            set_state(session, acting=rosa, event_id=world.number(name), state=EventState.OPEN, now=now)
    event_id = world.number("event")
    for name in ("city", "firm", "jury"):
        said = ParticipantDraft(name=planted("person at event") if name == "city" else name.title())
        told = Registration(world.number(name))
        row = register(session, acting=rosa, event_id=event_id, registration=told, draft=said, now=now)
        world.names[f"{name}_seat"] = row.id or 0
    for one, other in (("city", "firm"), ("firm", "city")):
        wish = WishDraft(profile_id=world.number(other), degree=Degree.MUST)
        say_wishes(
            session, acting=rosa, event_id=event_id, participant_id=world.number(f"{one}_seat"), wishes=[wish], now=now
        )
    numbers = [world.number(f"{name}_seat") for name in ("city", "firm", "jury")]
    group = GroupDraft(topic=planted("topic of a group"), participant_ids=numbers)
    world.names["group"] = bring_together(session, acting=rosa, event_id=event_id, draft=group, now=now).id or 0
    _publish(session, world)
    run = AgendaRun(event_id=world.number("busy_event"), state=RunState.RUNNING, asked_at=now, beat_at=now + LONG)
    world.keep(session, "run", run)


def _publish(session: Session, world: World) -> None:
    rosa, now, event_id = world.acting[Caller.SECRETARIAT], world.service.clock(), world.number("event")
    asked = asked_of(session, event=session.get_one(Event, event_id), lists=lists(), now=NOW)
    made = settle(asked.instance, Schedule((), (), 0.0, 0.0, 0.0), out=[group_key(world.number("group"))], fills=True)
    keep_working(session, event_id=event_id, instance=asked.instance, schedule=made, price=None, now=now)
    publish(session, acting=rosa, event_id=event_id, lists=lists(), now=now)
    secret = feed_secret(
        world.service.signing_key, event_id=event_id, participant_id=world.number("city_seat"),
        account_id=world.number(Caller.REPRESENTATIVE),
    )  # fmt: skip
    world.names |= {"plot": "areas", "met": made.placed[0].id, "first_version": 1, "calendar": secret}
