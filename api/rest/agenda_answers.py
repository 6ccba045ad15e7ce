"""What the domain says of agendas, put into the shapes of answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.rest.agenda_run_shapes import CheckShape, FiguresShape, LowCeilingShape, RunShape, UnmetWishShape
from api.rest.agenda_shapes import (
    OwnAgendaShape,
    OwnSittingShape,
    PlacedShape,
    SittingShape,
    StandbyShape,
    StandbysShape,
    TouchedShape,
    TriedShape,
    UnplacedShape,
    VersionShape,
    ViolationShape,
    WholeAgendaShape,
    WorkingShape,
)
from api.rest.participant_shapes import member_shape
from matchmaker.events.agenda.instance import Placed
from matchmaker.events.agenda.verify import Violation
from matchmaker.events.agenda.wishes import UnmetWish
from matchmaker.events.agendas import OwnAgenda, Sitting, WholeAgenda
from matchmaker.events.checking import Checked
from matchmaker.events.encounters import Standby
from matchmaker.events.figures import Figures, figures_of
from matchmaker.events.ground import participant_of
from matchmaker.events.handling import people_touched
from matchmaker.events.models import AgendaRun, AgendaVersion
from matchmaker.events.publishing import awaiting
from matchmaker.events.rules import state_of
from matchmaker.events.runs import Asked
from matchmaker.events.workbench import Tried
from matchmaker.events.working import Working


def check_shape(found: Checked) -> CheckShape:
    """What stands before a search."""
    asked, instance = found.asked, found.asked.instance
    members = {one.key: one.members for one in asked.candidates}
    return CheckShape(
        participants=len(instance.participants), slots=sum(map(len, instance.days)), tables=len(instance.tables),
        candidates=len(asked.candidates), agreed=sum(one.is_agreed for one in asked.candidates),
        by_source=dict(Counter(str(one.source) for one in asked.candidates)),
        low=[
            LowCeilingShape(
                participant_id=participant_of(one.participant), floor=one.floor, reachable=one.reachable,
                obstacle=one.obstacle, lacking=one.lacking,
            )
            for one in found.low
        ],
        unmet=[_unmet_shape(one, members) for one in found.unmet],
    )  # fmt: skip


def _unmet_shape(unmet: UnmetWish, members: Mapping[str, tuple[int, ...]]) -> UnmetWishShape:
    who = participant_of(unmet.participant)
    return UnmetWishShape(
        participant_id=who, with_ids=[each for each in members.get(unmet.meeting or "", ()) if each != who],
        hindrance=unmet.hindrance, slot=unmet.slot, away_ids=[participant_of(each) for each in unmet.away],
        lacking=unmet.lacking,
    )  # fmt: skip


def figures_shape(figures: Figures) -> FiguresShape:
    """The figures of an agenda."""
    return FiguresShape(
        placed=figures.placed, unplaced=dict(figures.unplaced), fit=figures.fit, objective=figures.objective,
        bound=figures.bound, quality=figures.quality, missing=figures.missing,
    )  # fmt: skip


def run_shape(run: AgendaRun, figures: Figures | None, now: datetime) -> RunShape:
    """A search as it stands now."""
    return RunShape(
        id=run.id or 0, event_id=run.event_id, mode=run.mode, state=state_of(run, now), seed=run.seed,
        seconds=run.seconds, stage=run.stage, done=run.done, total=run.total, asked_at=run.asked_at,
        ended_at=run.ended_at, problem=run.problem, problem_values=run.problem_values,
        figures=None if figures is None else figures_shape(figures),
    )  # fmt: skip


def working_shape(working: Working, asked: Asked) -> WorkingShape:
    """The working copy with what awaits agreement."""
    told = {meeting.id: meeting for meeting in working.instance.meetings}
    members = {key: [participant_of(member) for member in meeting.members] for key, meeting in told.items()}
    agreed = {one.key for one in asked.candidates if one.is_agreed}
    schedule = working.schedule
    return WorkingShape(
        event_id=working.row.event_id, version=working.row.version, changed_at=working.row.changed_at,
        figures=figures_shape(figures_of(schedule)), fairness_price=working.row.fairness_price,
        awaiting=len(awaiting(schedule, asked.candidates)),
        placed=[
            PlacedShape(
                key=one.id, slot=one.slot, table=one.table, participant_ids=members[one.id], fit=told[one.id].fit,
                is_pinned=told[one.id].pinned, is_agreed=one.id in agreed,
            )
            for one in schedule.placed
        ],
        unplaced=[
            UnplacedShape(key=one.id, participant_ids=members[one.id], fit=told[one.id].fit, reason=one.reason)
            for one in schedule.unplaced
        ],
        shortfalls={participant_of(one.participant): one.missing for one in schedule.shortfalls},
    )  # fmt: skip


def tried_shape(tried: Tried, *, is_trial: bool) -> TriedShape:
    """What an act costs."""
    return TriedShape(
        is_trial=is_trial, fit_change=tried.fit_change, missing_change=tried.missing_change,
        touched=[
            TouchedShape(
                key=each.key, slot_before=_slot(each.before), table_before=_table(each.before),
                slot_after=_slot(each.after), table_after=_table(each.after),
            )
            for each in tried.touched
        ],
        participant_ids=people_touched(tried), violations=[_violation(each) for each in tried.violations],
        figures=figures_shape(figures_of(tried.schedule)),
    )  # fmt: skip


def version_shape(version: AgendaVersion) -> VersionShape:
    """A published agenda."""
    return VersionShape(
        event_id=version.event_id, number=version.number, again_number=version.again_number,
        published_at=version.published_at, certificate=version.certificate,
    )  # fmt: skip


def own_agenda_shape(agenda: OwnAgenda) -> OwnAgendaShape:
    """One's own agenda."""
    return OwnAgendaShape(
        event_id=agenda.event.id or 0, participant_id=agenda.attendee.number,
        number=None if agenda.version is None else agenda.version.number, time_zone=agenda.event.time_zone,
        own_time_zone=agenda.attendee.who.time_zone,
        meetings=[_own_sitting(each, agenda) for each in agenda.sittings],
    )  # fmt: skip


def whole_agenda_shape(agenda: WholeAgenda) -> WholeAgendaShape:
    """The agenda in force."""
    meetings = [SittingShape(**_sitting(each)) for each in agenda.sittings]
    return WholeAgendaShape(event_id=agenda.event.id or 0, number=agenda.version.number, meetings=meetings)


def standby_shape(found: Sequence[Standby]) -> StandbysShape:
    """Who could step in."""
    return StandbysShape(
        standbys=[
            StandbyShape(
                member=member_shape(each.attendee), free_slots=each.free_slots, held=each.held, waiting=each.waiting
            )
            for each in found
        ]
    )


def _sitting(sitting: Sitting) -> dict[str, Any]:
    return {
        "key": sitting.held.row.key,
        "starts_at": sitting.slot.starts_at,
        "ends_at": sitting.slot.ends_at,
        "table": sitting.held.row.table_id,
        "room": sitting.room,
        "zone": sitting.zone,
        "topic": sitting.held.row.topic,
        "members": [member_shape(each) for each in sitting.others],
    }


def _own_sitting(sitting: Sitting, agenda: OwnAgenda) -> OwnSittingShape:
    everyone = [agenda.attendee, *sitting.others]
    return OwnSittingShape(
        **_sitting(sitting),
        people=[each.who.name for each in sitting.others if each.who.name],
        links=[each.who.remote_link for each in everyone if each.who.is_remote and each.who.remote_link],
        introduction_id=sitting.held.row.introduction_id,
        has_met=None if sitting.said is None else sitting.said.has_met,
        outcome="" if sitting.said is None else sitting.said.outcome,
    )


def _violation(each: Violation) -> ViolationShape:
    return ViolationShape(code=each.code, key=each.meeting, participant=each.participant, slot=each.slot)


def _slot(placed: Placed | None) -> str | None:
    return None if placed is None else placed.slot


def _table(placed: Placed | None) -> str | None:
    return None if placed is None else placed.table
