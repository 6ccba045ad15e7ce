"""Committees: their seats, who sits in them since when, their act of constitution, the first assembly."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.committee_views import Committees, CommitteeShown, SeatShown, SectorShown
from api.web.desk import check_room
from api.web.doing import CONFLICT, Act, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.membership.committee_queries import Sitting, list_committees, sitting_people, who_could_sit
from matchmaker.membership.committees import (
    constitute,
    fill_seat,
    hold_first_assembly,
    open_committee,
    vacate_seat,
)
from matchmaker.membership.models import VERSION_CHARACTERS, Committee
from matchmaker.membership.rules import is_in_force, is_overdue
from matchmaker.membership.states import CommitteeKind

ROOM, PATH = "committees", "/desk/committees"
DONE = frozenset({"opened", "filled", "vacated", "constituted", "assembled"})
NOTHING = Typed()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
committees = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


@committees.get("/committees")
def read_committees(asked: AskedPage, done: str = "") -> Response:
    """All of them."""
    return page(_committees(asked, done=done if done in DONE else ""))


@committees.post("/committees")
def post_committee(asked: AskedPage, kind: Annotated[CommitteeKind, Form()]) -> Response:
    """Make one whose seats can be filled."""
    office = asked.service.admission_office()
    return _act(
        asked, "opened", NOTHING,
        lambda session, acting: open_committee(session, office=office, acting=acting, kind=kind),
    )  # fmt: skip


@committees.post("/committees/{committee_id}/seats")
def post_seat(asked: AskedPage, committee_id: Number, who: Annotated[str, Form()] = "") -> Response:
    """Give somebody a seat of the sector of the agent for which they speak."""
    check_room(asked, ROOM)
    typed = Typed({f"who-{committee_id}": who})
    chosen = [(account.id, profile.id) for account, profile in who_could_sit(asked.session, acting=asked.acting)
              if f"{account.id}-{profile.id}" == who]  # fmt: skip
    if not chosen:
        wrong = refused(typed.values, field=f"who-{committee_id}", sentence=asked.say("form.seat_of"))
        return page(_committees(asked, typed=wrong), status=UNPROCESSABLE)
    office, (account_id, profile_id) = asked.service.admission_office(), chosen[0]
    return _act(
        asked, "filled", typed,
        lambda session, acting: fill_seat(
            session, office=office, acting=acting, committee_id=committee_id, profile_id=profile_id or 0,
            account_id=account_id or 0,
        ),
    )  # fmt: skip


@committees.post("/committees/{committee_id}/constitution")
def post_constitution(
    asked: AskedPage, committee_id: Number, day: Annotated[str, Form()] = "", text_version: Annotated[str, Form()] = ""
) -> Response:
    """The act of constitution: from now on the founding committee decides."""
    return _signed(
        asked, "constituted", committee_id, Typed({"day": day, "text_version": text_version}),
        lambda on: partial(constitute, constituted_on=on),
    )  # fmt: skip


@committees.post("/committees/{committee_id}/assembly")
def post_assembly(
    asked: AskedPage, committee_id: Number, day: Annotated[str, Form()] = "", text_version: Annotated[str, Form()] = ""
) -> Response:
    """The first assembly: the rights of the founding committee pass to the governance body."""
    return _signed(
        asked, "assembled", committee_id, Typed({"day": day, "text_version": text_version}),
        lambda on: partial(hold_first_assembly, held_on=on),
    )  # fmt: skip


@committees.post("/seats/{seat_id}/vacancy")
def post_vacancy(asked: AskedPage, seat_id: Number) -> Response:
    """End a seat: who sat in it decides no more."""
    office = asked.service.admission_office()
    return _act(
        asked, "vacated", NOTHING,
        lambda session, acting: vacate_seat(session, office=office, acting=acting, seat_id=seat_id),
    )  # fmt: skip


def _signed(
    asked: Asked, done: str, committee_id: int, typed: Typed, on_day: Callable[[date], Callable[..., Committee]]
) -> Response:
    """Do what needs a day and the version of the text that was signed; what is wrong stands beside its field."""
    check_room(asked, ROOM)
    office, version = asked.service.admission_office(), str(typed.get("text_version")).strip()
    values = {f"{name}-{committee_id}": value for name, value in typed.values.items()}
    try:
        act = on_day(date.fromisoformat(str(typed.get("day"))))
    except ValueError:
        wrong = refused(values, field=f"day-{committee_id}", sentence=asked.say("form.day"))
        return page(_committees(asked, typed=wrong), status=UNPROCESSABLE)
    if not 0 < len(version) <= VERSION_CHARACTERS:
        wrong = refused(values, field=f"text_version-{committee_id}", sentence=asked.say("form.text_version"))
        return page(_committees(asked, typed=wrong), status=UNPROCESSABLE)
    return _act(
        asked, done, Typed(values),
        lambda session, acting: act(
            session, office=office, acting=acting, committee_id=committee_id, text_version=version
        ),
    )  # fmt: skip


def _act(asked: Asked, done: str, typed: Typed, act: Act) -> Response:
    check_room(asked, ROOM)
    refusal = refusal_of(asked, act)
    if refusal:
        field = next(iter(typed.values), "committees")
        return page(_committees(asked, typed=refused(typed.values, field=field, sentence=refusal)), status=CONFLICT)
    return asked.here(f"{PATH}?done={done}#done")


def _committees(asked: Asked, *, typed: Typed = NOTHING, done: str = "") -> Committees:
    rooms = check_room(asked, ROOM)
    rows, sitting = list_committees(asked.session), sitting_people(asked.session, acting=asked.acting)
    held = {each.seat.account_id for each in sitting}
    return Committees(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        committees=tuple(_committee(asked, row, sitting) for row in rows),
        free=tuple(
            Choice(f"{account.id}-{profile.id}", f"{account.name} · {profile.name}")
            for account, profile in who_could_sit(asked.session, acting=asked.acting)
            if account.id not in held
        ),
        missing=tuple(kind for kind in CommitteeKind if kind not in {row.kind for row in rows}),
        typed=typed,
        done=done,
    )


def _committee(asked: Asked, row: Committee, sitting: Sequence[Sitting]) -> CommitteeShown:
    office = asked.service.admission_office()
    own = [each for each in sitting if each.seat.committee_id == row.id]
    return CommitteeShown(
        id=row.id or 0,
        kind=row.kind,
        state="ended" if row.ended_on else "in_force" if is_in_force(row) else "forming",
        constituted_on=row.constituted_on,
        assembly_by=row.first_assembly_by,
        is_overdue=is_overdue(row, office.now.date()),
        ended_on=row.ended_on,
        sectors=tuple(
            SectorShown(code, count, tuple(_seat(each) for each in own if each.seat.sector == code))
            for code, count in office.charter.policy.seats.items()
        ),
    )


def _seat(found: Sitting) -> SeatShown:
    person = found.account.name if found.account else ""
    return SeatShown(found.seat.id or 0, found.profile.name, person, found.seat.filled_at)
