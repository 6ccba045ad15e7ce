"""The one state machine of introductions, and the verdicts around it. Pure.

`step` is the only place where a standing changes; `TABLE` says which act is possible in which phase and where it may
lead. What a side may do depends on nothing that the side may not know: an act that the other's secret no has made
useless is still taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from matchmaker.errors import ConflictError
from matchmaker.introductions.models import Phase, Proposer, Side, Word

OUTCOME_DAYS = (30, 90, 180)  # after contacts opened
MEETING_QUESTION_DAYS = 14  # after contacts opened
QUESTIONS_AT_MOST = 5  # of one side in one introduction


class Act(StrEnum):
    """What people (first) and circumstances (last) do to an introduction."""

    ANSWER = "answer"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    ASK = "ask"
    REPLY = "reply"
    RECORD = "record"
    UNDO = "undo"
    MEET = "meet"
    REPORT = "report"
    HOLD = "hold"
    RELEASE = "release"
    PAUSE = "pause"
    RESUME = "resume"
    SEAL = "seal"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Standing:
    """All that the machine knows: the phase, whether procurement pauses it, who proposed, the word of each side."""

    phase: Phase
    is_paused: bool
    proposed_by: Proposer
    words: Mapping[Side, Word]

    @property
    def both_say_yes(self) -> bool:
        """Whether each side said yes itself."""
        return all(word is Word.YES for word in self.words.values())


_TALK = (Act.EDIT, Act.ASK, Act.REPLY, Act.RECORD, Act.UNDO, Act.PAUSE, Act.RESUME)
TABLE: Mapping[Phase, Mapping[Act, frozenset[Phase]]] = {
    Phase.HELD: {
        **dict.fromkeys(_TALK, frozenset({Phase.HELD})),
        Act.ANSWER: frozenset({Phase.HELD, Phase.ENDED}),
        Act.WITHDRAW: frozenset({Phase.HELD, Phase.ENDED}),
        Act.RELEASE: frozenset({Phase.WAITING, Phase.OPEN}),
        Act.SEAL: frozenset({Phase.SEALED}),
        Act.EXPIRE: frozenset({Phase.ENDED}),
    },
    Phase.WAITING: {
        **dict.fromkeys(_TALK, frozenset({Phase.WAITING})),
        Act.ANSWER: frozenset({Phase.WAITING, Phase.OPEN, Phase.ENDED}),
        Act.WITHDRAW: frozenset({Phase.WAITING, Phase.ENDED}),
        Act.HOLD: frozenset({Phase.HELD}),
        Act.SEAL: frozenset({Phase.SEALED}),
        Act.EXPIRE: frozenset({Phase.ENDED}),
    },
    Phase.SEALED: {
        **dict.fromkeys(_TALK, frozenset({Phase.SEALED})),
        Act.ANSWER: frozenset({Phase.SEALED, Phase.ENDED}),
        Act.WITHDRAW: frozenset({Phase.SEALED, Phase.ENDED}),
        Act.EXPIRE: frozenset({Phase.ENDED}),
    },
    Phase.OPEN: {
        **dict.fromkeys((Act.MEET, Act.REPORT, Act.PAUSE, Act.RESUME), frozenset({Phase.OPEN})),
        **dict.fromkeys((Act.WITHDRAW, Act.SEAL), frozenset({Phase.CLOSED})),
    },
    Phase.CLOSED: {},
    Phase.ENDED: {},
}
LIVE = (Phase.HELD, Phase.WAITING, Phase.SEALED)
AFTER_OPENING = frozenset({Act.MEET, Act.REPORT})
WHILE_PAUSED = frozenset({Act.WITHDRAW, Act.UNDO, Act.RESUME})
"""What may be done while the challenge's procurement is open."""


def step(
    standing: Standing, act: Act, *, side: Side | None = None, word: Word | None = None, ends: bool = False
) -> Standing:
    """The standing after an act. `ends`: a no whose words are shared, or the withdrawal of the proposal.

    Raises `procurement_open`, `introduction_over`, `contacts_not_open`.
    """
    if act not in TABLE[standing.phase]:
        raise ConflictError("contacts_not_open" if act in AFTER_OPENING else "introduction_over")
    if standing.is_paused and act not in WHILE_PAUSED:
        raise ConflictError("procurement_open")
    spoken = standing if side is None or word is None else replace(standing, words={**standing.words, side: word})
    spoken = replace(spoken, is_paused=_pauses(act, was_paused=standing.is_paused))
    after = replace(spoken, phase=_phase_after(spoken, act, ends=ends))
    if after.phase not in TABLE[standing.phase][act]:
        raise ConflictError("introduction_over")
    return after


def _pauses(act: Act, *, was_paused: bool) -> bool:
    return act is Act.PAUSE or (was_paused and act is not Act.RESUME)


def _phase_after(standing: Standing, act: Act, *, ends: bool) -> Phase:
    """Contacts open here and nowhere else: on two own yeses while nothing is in the way."""
    if standing.phase is Phase.OPEN:
        return Phase.CLOSED if act in {Act.WITHDRAW, Act.SEAL} else Phase.OPEN
    if ends:
        return Phase.ENDED
    fixed = {Act.HOLD: Phase.HELD, Act.SEAL: Phase.SEALED, Act.EXPIRE: Phase.ENDED}
    if act in fixed:
        return fixed[act]
    phase = Phase.WAITING if act is Act.RELEASE else standing.phase
    may_open = phase is Phase.WAITING and act in {Act.ANSWER, Act.RELEASE}
    return Phase.OPEN if may_open and standing.both_say_yes else phase


def first_standing(proposed_by: Proposer) -> Standing:
    """The beginning: held until integrity has been asked; whoever proposes has said yes."""
    words = {side: Word.YES if side.value == proposed_by.value else Word.SILENT for side in Side}
    return Standing(Phase.HELD, is_paused=False, proposed_by=proposed_by, words=words)


@dataclass(frozen=True)
class Circumstances:
    """What is true outside at a moment."""

    is_procurement_open: bool
    is_possible: bool  # both profiles are shown, the challenge is open, no conflict is confirmed; once open, the last
    is_held: bool  # a conflict waits for a person's decision
    is_over: bool  # the date set at the beginning has come


def acts_due(standing: Standing, outside: Circumstances) -> tuple[Act, ...]:
    """What circumstances do next; asked again until nothing is due. Empty once an introduction has ended.

    While procurement is open time stands still; what else has changed meanwhile counts from its end.
    """
    if not TABLE[standing.phase]:
        return ()
    if standing.is_paused or outside.is_procurement_open:
        pause = () if standing.is_paused else (Act.PAUSE,)
        return pause if outside.is_procurement_open else (Act.RESUME,)
    return _acts_due_now(standing, outside)


def _acts_due_now(standing: Standing, outside: Circumstances) -> tuple[Act, ...]:
    is_open = standing.phase is Phase.OPEN
    if outside.is_over and not is_open:
        return (Act.EXPIRE,)
    if standing.phase is Phase.SEALED:
        return ()
    if not outside.is_possible:
        return (Act.SEAL,)
    if is_open:
        return ()
    wanted = Phase.HELD if outside.is_held else Phase.WAITING
    return () if standing.phase is wanted else (Act.HOLD if outside.is_held else Act.RELEASE,)


def may_undo(*, recorded_at: datetime | None, now: datetime, days: int) -> bool:
    """Whether an answer given by telephone can still be undone."""
    return recorded_at is not None and now < recorded_at + timedelta(days=days)


def milestones_reached(opened_at: datetime, now: datetime) -> tuple[int, ...]:
    """The days of `OUTCOME_DAYS` that have passed since contacts opened."""
    return tuple(days for days in OUTCOME_DAYS if now >= opened_at + timedelta(days=days))


class Meeting(StrEnum):
    """Whether they met, by what both say."""

    NOT_KNOWN = "not_known"
    MET = "met"
    NOT_MET = "not_met"
    DISPUTED = "disputed"


def meeting_of(*, owner: bool | None, profile: bool | None, settled: bool | None) -> Meeting:
    """What both say of the meeting; where they differ, what the secretariat found."""
    if owner is None or profile is None:
        return Meeting.NOT_KNOWN
    said = settled if owner is not profile else owner
    if said is None:
        return Meeting.DISPUTED
    return Meeting.MET if said else Meeting.NOT_MET
