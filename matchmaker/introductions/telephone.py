"""Answers that people gave by telephone, recorded by the secretariat. They open nothing until confirmed in person."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.introductions.answering import write_answer
from matchmaker.introductions.drafts import AnswerDraft
from matchmaker.introductions.keeping import Kept, apply, held_for, hold, refresh
from matchmaker.introductions.letters import Kind, tell
from matchmaker.introductions.models import IntroductionSide, Side, Word
from matchmaker.introductions.rules import Act, may_undo
from matchmaker.introductions.terms import Office

RECORDED = {Word.YES: Word.YES_TO_CONFIRM, Word.NOT_NOW: Word.NOT_NOW, Word.NO: Word.NO}


def record_by_phone(
    session: Session, *, office: Office, acting: Acting, introduction_id: int, side: Side, draft: AnswerDraft
) -> Kept:
    """Record what a side said by telephone; those who speak for it are told and can undo it.

    Nobody agrees by telephone that words be shared. Raises `only_secretariat`, `introduction_unknown`,
    `already_answered`, `nothing_to_share`, `unknown_code`, `procurement_open`, `introduction_over`.
    """
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")
    if draft.reason:
        office.lists.check_reason(draft.reason)
    kept = hold(session, introduction_id)
    refresh(session, kept=kept, office=office)
    said = kept.sides[side]
    if said.word != Word.SILENT and said.recorded_at is None:
        raise ConflictError("already_answered")
    if said.told_at is None:
        raise ConflictError("not_yet_asked")
    if said.recorded_at is not None and _says(said) == (RECORDED[draft.answer], draft.reason, draft.words):
        return kept  # told once
    apply(session, kept=kept, act=Act.RECORD, office=office, side=side, word=RECORDED[draft.answer])
    write_answer(kept, side=side, draft=draft.model_copy(update={"shares_words": False}))
    said.recorded_at = office.now
    session.add(said)
    codes = {"side": side, "answer": draft.answer}
    record_act(
        session, acting=acting, act="introduction_recorded_by_phone", subject="introduction", subject_id=kept.id,
        now=office.now, codes=codes,
    )  # fmt: skip
    turn = office.now.isoformat()
    tell(session, row=kept.row, side=side, kind=Kind.RECORDED, now=office.now, codes=codes, turn=turn)
    return kept


def _says(said: IntroductionSide) -> tuple[str, str, str]:
    return said.word, said.reason, said.words


def undo_recorded(session: Session, *, office: Office, acting: Acting, introduction_id: int) -> Kept:
    """Undo what the secretariat recorded for one's side. Raises `nothing_to_undo`, `introduction_over`."""
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    said = kept.sides[side]
    if not may_undo(recorded_at=said.recorded_at, now=office.now, days=office.terms.undo_days):
        raise ConflictError("nothing_to_undo", days=office.terms.undo_days)
    said.reason, said.words, said.shares_words, said.recorded_at = "", "", False, None
    apply(session, kept=kept, act=Act.UNDO, office=office, side=side, word=Word.SILENT)
    return kept
