"""The concepts that letters and answers by link were made known by. A concept adds a line here, and nowhere else.

A module of a concept has `VALUES` (kind of letter to `ValuesOf`), `ANSWERS` (kind of answer to `AnswerHandler`), or
both. A letter whose concept says nothing is written in its general form (`general.general_values`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from api.letters import (
    answers_of_introductions,
    of_accounts,
    of_alerts,
    of_challenges,
    of_events,
    of_integrity,
    of_introductions,
    of_invitations,
    of_lessons,
    of_membership,
    of_mentoring,
    of_people,
    of_rights,
    unsubscribing,
)
from api.letters.asking import AnswerHandler, ValuesOf

LETTER_VALUES: tuple[Mapping[str, ValuesOf], ...] = (
    of_accounts.VALUES,
    of_invitations.VALUES,
    of_membership.VALUES,
    of_integrity.VALUES,
    of_introductions.VALUES,
    of_lessons.VALUES,
    of_alerts.VALUES,
    of_challenges.VALUES,
    of_mentoring.VALUES,
    of_events.VALUES,
    of_people.VALUES,
    of_rights.VALUES,
)
ANSWER_HANDLERS: tuple[Mapping[str, AnswerHandler], ...] = (
    unsubscribing.ANSWERS,
    of_invitations.ANSWERS,
    answers_of_introductions.ANSWERS,
    of_lessons.ANSWERS,
    of_people.ANSWERS,
    of_mentoring.ANSWERS,
    of_rights.ANSWERS,
)


def all_values() -> Mapping[str, ValuesOf]:
    """Who gives the values of each kind of letter."""
    return MappingProxyType({kind: found for values in LETTER_VALUES for kind, found in values.items()})


def all_handlers() -> Mapping[str, AnswerHandler]:
    """Who performs each kind of answer."""
    return MappingProxyType({kind: found for handlers in ANSWER_HANDLERS for kind, found in handlers.items()})
