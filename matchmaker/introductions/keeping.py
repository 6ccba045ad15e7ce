"""Introductions loaded, held against other writers, stepped through the one machine, and saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Procurement, Status
from matchmaker.challenges.readers import admit_guest
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.introductions.letters import tell_closed, tell_end, tell_opened, tell_proposed
from matchmaker.introductions.models import (
    Introduction,
    IntroductionSide,
    Phase,
    Proposer,
    Side,
    Word,
)
from matchmaker.introductions.rules import Act, Circumstances, Standing, acts_due, step
from matchmaker.introductions.terms import Lists, Office
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import represented_by
from matchmaker.profiles.speaking import speaks_for

Row = TypeVar("Row", Challenge, Profile)
_NOTHING = Circumstances(is_procurement_open=False, is_possible=True, is_held=False, is_over=False)


@dataclass(frozen=True)
class Kept:
    """An introduction with its two sides."""

    row: Introduction
    sides: Mapping[Side, IntroductionSide]

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0

    @property
    def standing(self) -> Standing:
        """What the machine knows of it."""
        words = {side: Word(found.word) for side, found in self.sides.items()}
        is_paused = self.row.paused_at is not None
        return Standing(Phase(self.row.phase), is_paused, Proposer(self.row.proposed_by), words)

    def profile_of(self, side: Side) -> int:
        """The profile on a side."""
        return self.row.owner_id if side is Side.OWNER else self.row.profile_id


def hold(session: Session, introduction_id: int) -> Kept:
    """An introduction that nobody else changes until the commit. Raises `introduction_unknown`."""
    statement = select(Introduction).where(Introduction.id == introduction_id).with_for_update()
    row = session.exec(statement, execution_options={"populate_existing": True}).first()
    if row is None:
        raise NotFoundError("introduction_unknown", introduction_id=introduction_id)
    return load(session, [row])[0]


def load(session: Session, rows: Collection[Introduction]) -> list[Kept]:
    """Rows with their sides, read now."""
    numbers = [row.id for row in rows]
    statement = select(IntroductionSide).where(col(IntroductionSide.introduction_id).in_(numbers))
    found = session.exec(statement, execution_options={"populate_existing": True}).all()
    sides = {(side.introduction_id, Side(side.side)): side for side in found}
    return [Kept(row, {side: sides[row.id or 0, side] for side in Side}) for row in rows]


def side_told(kept: Kept, own: Collection[int]) -> Side | None:
    """The side of the profiles in `own`, once it has been told; nothing for anyone else."""
    told = (side for side in Side if kept.profile_of(side) in own and kept.sides[side].told_at is not None)
    return next(told, None)


def own_side(session: Session, *, acting: Acting, kept: Kept) -> Side:
    """The side for which an account speaks. Raises `introduction_unknown`, `only_representatives`."""
    if acting.is_secretariat:
        raise NotAllowedError("only_representatives")
    side = side_told(kept, represented_by(session, acting=acting))
    if side is None:
        raise NotFoundError("introduction_unknown", introduction_id=kept.id)
    if not speaks_for(session, acting=acting, profile_id=kept.profile_of(side)):
        raise NotAllowedError("only_representatives")
    return side


def held_for(session: Session, *, acting: Acting, introduction_id: int, office: Office) -> tuple[Kept, Side]:
    """An introduction held and brought up to the moment, with the side for which the account speaks."""
    kept = hold(session, introduction_id)
    side = own_side(session, acting=acting, kept=kept)
    refresh(session, kept=kept, office=office)
    return kept, side


def apply(
    session: Session,
    *,
    kept: Kept,
    act: Act,
    office: Office,
    side: Side | None = None,
    word: Word | None = None,
    ends: bool = False,
) -> None:
    """Do an act: ask the machine, write what it says, and tell those who must know."""
    before, after = kept.standing, step(kept.standing, act, side=side, word=word, ends=ends)
    row, now = kept.row, office.now
    for each, said in after.words.items():
        kept.sides[each].word = said
    if row.paused_at is not None and not after.is_paused:
        row.expires_at += now - row.paused_at  # the time of the pause is given back
    row.paused_at = (row.paused_at or now) if after.is_paused else None
    row.phase = after.phase
    session.add_all([row, *kept.sides.values()])
    if after.phase is not before.phase:
        _enter(session, kept=kept, phase=after.phase, now=now)
    elif act is Act.RESUME and after.phase is Phase.OPEN:
        tell_opened(session, row=row, now=now, turn=now.isoformat())
    session.flush()


def refresh(session: Session, *, kept: Kept, office: Office) -> None:
    """Let circumstances act until nothing is due: pause, hold, seal, release, expire."""
    for _ in range(len(Act)):
        outside = _circumstances(session, kept=kept, office=office)
        due = acts_due(kept.standing, outside)
        for act in due:
            apply(session, kept=kept, act=act, office=office)
        if not due:
            return


def is_blocked_by_procurement(*, challenge: Challenge, kind: str, lists: Lists) -> bool:
    """Whether an agent of this kind could bid in a purchase that is open now."""
    return challenge.procurement == Procurement.OPEN and kind in lists.supplying_kinds


def are_shown(session: Session, kept: Kept) -> bool:
    """Whether both sides are members that anyone may see now."""
    shown = select(Profile.id).where(
        col(Profile.id).in_([kept.row.owner_id, kept.row.profile_id]), Profile.visibility == Visibility.VISIBLE
    )
    return len(session.exec(shown).all()) == len(Side)


def _enter(session: Session, *, kept: Kept, phase: Phase, now: datetime) -> None:
    row = kept.row
    if phase is Phase.OPEN:
        row.opened_at = now
        tell_opened(session, row=row, now=now)
    if phase is Phase.ENDED:
        row.ended_at = now
        tell_end(session, row=row, sides=kept.sides, now=now)
    if phase is Phase.CLOSED:
        row.ended_at = now
        tell_closed(session, row=row, now=now)
    if phase in {Phase.WAITING, Phase.OPEN}:
        for side, found in kept.sides.items():
            if found.told_at is None:
                found.told_at = now
                tell_proposed(session, row=row, side=side, now=now)
                admit_guest(session, challenge_id=row.challenge_id, profile_id=row.profile_id)


def _circumstances(session: Session, *, kept: Kept, office: Office) -> Circumstances:
    """What is true outside; the rows it rests on cannot change until the commit."""
    row = kept.row
    if Phase(row.phase) in {Phase.CLOSED, Phase.ENDED}:
        return _NOTHING
    challenge = _shared(session, Challenge, [row.challenge_id])[row.challenge_id]
    profiles = _shared(session, Profile, [row.owner_id, row.profile_id])
    is_shown = all(profile.visibility == Visibility.VISIBLE for profile in profiles.values())
    may_begin = row.phase == Phase.OPEN or (is_shown and challenge.status == Status.OPEN)
    is_apart = office.conflicts.are_apart(session, row.owner_id, row.profile_id)
    return replace(
        _NOTHING,
        is_procurement_open=is_blocked_by_procurement(
            challenge=challenge, kind=profiles[row.profile_id].kind, lists=office.lists
        ),
        is_possible=may_begin and not is_apart,
        is_held=office.conflicts.are_held(session, row.owner_id, row.profile_id),
        is_over=office.now >= row.expires_at,
    )


def _shared(session: Session, table: type[Row], numbers: Collection[int]) -> dict[int, Row]:
    statement = select(table).where(col(table.id).in_(numbers)).order_by(col(table.id)).with_for_update(read=True)
    found = session.exec(statement, execution_options={"populate_existing": True}).all()
    return {row.id or 0: row for row in found}
