"""Who carries a code of the taxonomy, and whom a version concerns."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, col, func, select

from matchmaker.alerts.models import Alert
from matchmaker.challenges.models import Challenge
from matchmaker.integrity.renewals import count_signing
from matchmaker.introductions.models import AskingPolicy
from matchmaker.lessons.models import Lesson
from matchmaker.membership.models import Application
from matchmaker.membership.queries import process_in_force
from matchmaker.membership.rules import JUDGED
from matchmaker.mentoring.models import MentorOffer
from matchmaker.profiles.models import Profile, WorkingCopy
from matchmaker.publishing.models import Document, Effects
from matchmaker.taxonomy.models import Concern

CARRIERS: Mapping[Concern, Mapping[str, Any]] = {
    Concern.KINDS: {
        "profiles": Profile.kind,
        "working_copies": WorkingCopy.words,
        "asking_policies": AskingPolicy.kinds,
    },
    Concern.AREAS: {
        "profiles": Profile.areas,
        "challenges": Challenge.areas,
        "working_copies": WorkingCopy.words,
        "lessons": Lesson.areas,
        "alerts": Alert.areas,
        "mentors": MentorOffer.areas,
    },
    Concern.PRINCIPLES: {"challenges": Challenge.principles},
}
"""The columns in which records carry codes of each list."""


def uses_of(session: Session, codes: Collection[tuple[Concern, str]]) -> dict[tuple[Concern, str], dict[str, int]]:
    """How many records of each kind carry each code."""
    return {(concern, code): _carried(session, concern, code) for concern, code in codes}


def _carried(session: Session, concern: Concern, code: str) -> dict[str, int]:
    found = {
        name: session.exec(select(func.count()).where(_holds(column, code))).one()
        for name, column in CARRIERS[concern].items()
    }
    return {name: count for name, count in found.items() if count}


def _holds(column: InstrumentedAttribute[Any], code: str) -> ColumnElement[bool]:
    """A column that is the code, or a list of codes in JSON."""
    is_list = isinstance(column.type, JSON)
    return cast(column, Text).contains(f'"{code}"', autoescape=True) if is_list else column == code


def effects_of_code(session: Session, new: Document) -> Effects:
    """From when the code holds, and how many members are asked to sign it."""
    return Effects(date.fromisoformat(new["in_force_from"]), new["grace_days"], count_signing(session))


def effects_of_criteria(session: Session) -> Effects:
    """Whether criteria are applied now, and how many running applications were handed in under which."""
    counted = (
        select(Application.criteria_version, func.count())
        .where(col(Application.state).in_(JUDGED))
        .group_by(Application.criteria_version)
        .order_by(Application.criteria_version)
    )
    process = process_in_force(session)
    return Effects(is_applied=bool(process and process.criteria_version), running=dict(session.exec(counted).all()))
