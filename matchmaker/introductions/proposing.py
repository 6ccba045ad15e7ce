"""Proposing an introduction, changing its message, withdrawing it."""

from datetime import timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.readers import admit_guest
from matchmaker.errors import NotAllowedError
from matchmaker.introductions.checking import check_proposal
from matchmaker.introductions.drafts import ProposalDraft
from matchmaker.introductions.keeping import (
    Kept,
    apply,
    held_for,
    hold,
    refresh,
)
from matchmaker.introductions.matched import Matched
from matchmaker.introductions.models import Introduction, IntroductionSide, Phase, Proposer, Word
from matchmaker.introductions.rules import Act, first_standing
from matchmaker.introductions.terms import Office
from matchmaker.matching.models import Showing, ShownMatch


def propose(
    session: Session, *, office: Office, acting: Acting, draft: ProposalDraft, matched: Matched | None = None
) -> Kept:
    """Propose that a challenge's owner and a profile meet. A side that proposes says yes by it.

    The reasons are those of `matched`, or of the list that showed the match, for want of it.

    What the proposer may not know (a conflict of interest, a profile that takes no introductions, an end not long ago)
    is refused as `introduction_not_possible`, whichever it is, and only after everything that may be said: those are
    `challenge_unknown`, `profile_unknown`, `not_your_introduction`, `only_representatives`, `reference_not_contacted`,
    `challenge_not_open`, `profile_not_shown`, `introduction_with_oneself`, `procurement_open`, `introduction_exists`,
    `asking_not_allowed`, `asks_used_up`, `asks_full`.
    """
    owner_id, proposed_by = check_proposal(
        session, office=office, acting=acting, challenge_id=draft.challenge_id, profile_id=draft.profile_id, holds=True
    )
    row = _row(session, office=office, owner_id=owner_id, draft=draft, matched=matched)
    kept = _begin(session, row=row, proposed_by=proposed_by)
    if proposed_by is Proposer.PROFILE:
        admit_guest(session, challenge_id=draft.challenge_id, profile_id=draft.profile_id)
    if proposed_by is Proposer.SECRETARIAT:
        _note(session, acting=acting, act="introduction_proposed", kept=kept, office=office)
    refresh(session, kept=kept, office=office)
    return kept


def edit_message(session: Session, *, office: Office, acting: Acting, introduction_id: int, message: str) -> Kept:
    """Write the message anew while nothing is decided. Raises `introduction_unknown`, `not_your_introduction`."""
    kept = _proposed_by(session, office=office, acting=acting, introduction_id=introduction_id)
    apply(session, kept=kept, act=Act.EDIT, office=office)
    kept.row.message = message
    session.add(kept.row)
    return kept


def withdraw(session: Session, *, office: Office, acting: Acting, introduction_id: int) -> Kept:
    """Take back: whoever proposed ends the introduction, a side that was asked takes its answer back.

    Once contacts are open each of them closes them for both, and nobody is told who did.
    """
    if acting.is_secretariat:
        kept = _proposed_by(session, office=office, acting=acting, introduction_id=introduction_id)
        apply(session, kept=kept, act=Act.WITHDRAW, office=office, ends=True)
        _note(session, acting=acting, act="introduction_withdrawn", kept=kept, office=office)
        return kept
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    if kept.row.phase == Phase.OPEN:
        apply(session, kept=kept, act=Act.WITHDRAW, office=office)
        return kept
    is_proposer = kept.row.proposed_by == side
    said = kept.sides[side]
    said.reason, said.words, said.shares_words, said.recorded_at = "", "", False, None
    word = None if is_proposer else Word.SILENT
    apply(session, kept=kept, act=Act.WITHDRAW, office=office, side=side, word=word, ends=is_proposer)
    return kept


def _proposed_by(session: Session, *, office: Office, acting: Acting, introduction_id: int) -> Kept:
    if acting.is_secretariat:
        kept = hold(session, introduction_id)
        refresh(session, kept=kept, office=office)
        mine: str = Proposer.SECRETARIAT
    else:
        kept, mine = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    if kept.row.proposed_by != mine:
        raise NotAllowedError("not_your_introduction", introduction_id=introduction_id)
    return kept


def _row(
    session: Session, *, office: Office, owner_id: int, draft: ProposalDraft, matched: Matched | None
) -> Introduction:
    shown = _shown(session, draft)
    reasons = matched or shown
    return Introduction(
        challenge_id=draft.challenge_id,
        owner_id=owner_id,
        profile_id=draft.profile_id,
        proposed_by="",  # said where it begins
        message=draft.message,
        showing_id=None if shown is None else shown.showing_id,
        profile_version=None if reasons is None else reasons.profile_version,
        quoted=[] if reasons is None else list(reasons.quoted),
        created_at=office.now,
        expires_at=office.now + timedelta(days=office.terms.waiting_days),
    )


def _begin(session: Session, *, row: Introduction, proposed_by: Proposer) -> Kept:
    standing = first_standing(proposed_by)
    row.proposed_by, row.phase = proposed_by, standing.phase
    session.add(row)
    session.flush()
    sides = {
        side: IntroductionSide(
            introduction_id=row.id or 0,
            side=side,
            word=word,
            told_at=row.created_at if side.value == proposed_by.value else None,
        )
        for side, word in standing.words.items()
    }
    session.add_all(sides.values())
    session.flush()
    return Kept(row, sides)


def _shown(session: Session, draft: ProposalDraft) -> ShownMatch | None:
    """The match of the list that is named, or of the newest list that holds this profile."""
    statement = (
        select(ShownMatch)
        .join(Showing, col(Showing.id) == ShownMatch.showing_id)
        .where(Showing.challenge_id == draft.challenge_id, ShownMatch.profile_id == draft.profile_id)
    )
    if draft.showing_id is not None:
        statement = statement.where(ShownMatch.showing_id == draft.showing_id)
    return session.exec(statement.order_by(col(ShownMatch.showing_id).desc()).limit(1)).first()


def _note(session: Session, *, acting: Acting, act: str, kept: Kept, office: Office) -> None:
    record_act(session, acting=acting, act=act, subject="introduction", subject_id=kept.id, now=office.now)
