"""The form of an event: lines of text for days and tables, read by the domain's own draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from api.web.event_desk_views import EventForm
from api.web.events import SECTION
from api.web.frames import Asked
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import understood
from matchmaker.events.drafts import EventDraft
from matchmaker.events.models import AgendaSight, Event
from matchmaker.events.queries import check_desk, event_for_desk
from matchmaker.letters.zones import is_time_zone

POLICY = ("city_floor", "small_city_floor", "small_supplier_floor", "most_meetings", "most_in_row")


class EventTyped(BaseModel):
    """What was typed, as typed."""

    name: str = ""
    description: str = ""
    venue: str = ""
    city: str = ""
    time_zone: str = "America/Bogota"
    slot_minutes: str = "20"
    pause_minutes: str = "5"
    days: str = ""  # a line each: 2027-05-12 09:00-17:00
    keeps_free: str = "12:00-14:00"
    tables: str = ""  # a line each: sign; room; zone
    opens_at: str = ""
    closes_at: str = ""
    agenda_sight: str = AgendaSight.OWN
    city_floor: str = "4"
    small_city_floor: str = "4"
    small_supplier_floor: str = "1"
    most_meetings: str = "12"
    most_in_row: str = "4"
    includes_suggestions: str = ""


def event_form(asked: Asked, event_id: int = 0, *, typed: Typed | None = None) -> EventForm:
    """A new event's form, or one's as it stands. Raises `sign_in_needed`, `only_secretariat`, `event_unknown`."""
    check_desk(asked.signed_in())
    usual = EventTyped()
    if event_id:
        usual = _as_typed(event_for_desk(asked.session, acting=asked.acting, event_id=event_id))
    shown = typed or Typed(usual.model_dump())
    sights = tuple(Choice(each, each, shown.get("agenda_sight") == each) for each in AgendaSight)
    return EventForm(asked.language, asked.frame(SECTION), event_id, shown, sights)


def read_event(asked: Asked, form: EventTyped, *, kept: Event | None = None) -> tuple[EventDraft | None, Typed]:
    """The draft, or nothing; and what was typed with what is wrong. What the form does not show stays as it is."""
    values = {
        **({"country": kept.country or None, "languages": kept.languages} if kept else {}),
        "name": form.name, "description": form.description, "venue": form.venue, "city": form.city,
        "time_zone": form.time_zone.strip(), "slot_minutes": form.slot_minutes, "pause_minutes": form.pause_minutes,
        "days": _days(form), "tables": _tables(form), "agenda_sight": form.agenda_sight,
        "opens_at": _moment(form.opens_at, form.time_zone), "closes_at": _moment(form.closes_at, form.time_zone),
        "policy": {
            **(kept.policy if kept else {}),
            **{name: getattr(form, name) or None for name in POLICY},
            "includes_suggestions": bool(form.includes_suggestions),
        },
    }  # fmt: skip
    draft, wrong = understood(asked, EventDraft, values)
    return draft, Typed(form.model_dump(), wrong.errors)


def _days(form: EventTyped) -> list[Mapping[str, Any]]:
    free = [_span(part) for part in form.keeps_free.split(",") if part.strip()]
    found: list[Mapping[str, Any]] = []
    for line in form.days.splitlines():
        on, _, hours = line.strip().partition(" ")
        if on:
            found.append({"on": on, **_span(hours), "keeps_free": free})
    return found


def _span(text: str) -> dict[str, str]:
    starts, _, ends = text.replace("–", "-").partition("-")
    return {"starts": starts.strip(), "ends": ends.strip()}


def _tables(form: EventTyped) -> list[dict[str, str]]:
    found = []
    for line in form.tables.splitlines():
        if line.strip():
            sign, room, zone, *_ = (*(part.strip() for part in line.split(";")), "", "")
            found.append({"id": sign, "room": room, "zone": zone})
    return found


def _moment(text: str, zone: str) -> str:
    """A moment on the clock of the place; what is none is left to the draft to refuse."""
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return text
    return local.replace(tzinfo=ZoneInfo(zone.strip() if is_time_zone(zone.strip()) else "UTC")).isoformat()


def _as_typed(event: Event) -> EventTyped:
    zone = ZoneInfo(event.time_zone)
    free = event.days[0]["keeps_free"]
    return EventTyped(
        **{name: str(getattr(event, name)) for name in ("name", "description", "venue", "city", "time_zone",
                                                       "slot_minutes", "pause_minutes", "agenda_sight")},
        days="\n".join(f"{day['on']} {day['starts']}-{day['ends']}" for day in event.days),
        keeps_free=", ".join(f"{span['starts']}-{span['ends']}" for span in free),
        tables="\n".join("; ".join((table["id"], table["room"], table["zone"])).rstrip("; ") for table in event.tables),
        opens_at=f"{event.opens_at.astimezone(zone):%Y-%m-%dT%H:%M}",
        closes_at=f"{event.closes_at.astimezone(zone):%Y-%m-%dT%H:%M}",
        **{name: "" if event.policy.get(name) is None else str(event.policy[name]) for name in POLICY},
        includes_suggestions="1" if event.policy.get("includes_suggestions") else "",
    )  # fmt: skip
