"""Lessons of others, found beside peers: who tried something on a like challenge, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.lessons.models import LessonState
from matchmaker.lessons.passages import passages_of
from matchmaker.lessons.queries import FullLesson, full_lessons
from matchmaker.matching.actions import shown_to
from matchmaker.matching.apart import askers, kept_out
from matchmaker.matching.asks import Ask
from matchmaker.matching.circumstances import Fitting, size_circumstance, weight
from matchmaker.matching.ports import Hit, SearchIndex, SearchRequest, Subject
from matchmaker.matching.reasons import Reasons, reasons_of

LESSONS_EXAMINED = 60
LEAST_LIKENESS = 1.0  # deviations; with the real model lessons on the subject had 2.0 and more, others under 0.8


@dataclass(frozen=True)
class FoundLesson:
    """A lesson with its sentences that speak of each need, and the circumstances it shares."""

    full: FullLesson
    likeness: float
    reasons: Reasons
    circumstances: tuple[Fitting, ...]


def find_lessons(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    ask: Ask,
    owner_id: int | None = None,
    asked_by: Collection[int] = (),
    limit: int = 10,
) -> list[FoundLesson]:
    """Lessons of others on challenges like `ask`, nearest first; places of like size count a little.

    A hit is never shown before it is reloaded through a query that takes the account. Failures count as successes do.
    Neither those who ask, nor authors in confirmed conflict with them, take part.
    """
    shown = shown_to(acting)
    request = SearchRequest(
        needs=ask.needs, whole=ask.whole, subject=Subject.LESSON,
        filters=(frozenset(f"visibility:{visibility}" for visibility in shown),), limit=LESSONS_EXAMINED,
    )  # fmt: skip
    hits = index.search(request).hits
    loaded = full_lessons(session, acting=acting, lesson_ids=[hit.id for hit in hits])
    excluded = kept_out(session, askers(owner_id, asked_by))
    others = {
        key: full for key, full in loaded.items()
        if full.lesson.state == LessonState.SHOWN
        and full.author.visibility in shown
        and full.author.id not in excluded
    }  # fmt: skip
    found = [(hit.relevance, _found(ask, hit, others[hit.id])) for hit in hits if hit.id in others]
    found.sort(key=lambda pair: (-(pair[0] + weight(pair[1].circumstances)), pair[1].full.lesson.id))
    return [lesson for _, lesson in found if _speaks_of_it(lesson)][:limit]


def _speaks_of_it(lesson: FoundLesson) -> bool:
    """A lesson about something else helps nobody, even when it is the nearest there is."""
    return lesson.likeness >= LEAST_LIKENESS or lesson.reasons.answered > 0


def _found(ask: Ask, hit: Hit, full: FullLesson) -> FoundLesson:
    reasons = reasons_of(hit, passages_of(full.lesson), needs=len(ask.needs), principles=())
    return FoundLesson(full, hit.likeness, reasons, size_circumstance(ask.where, full.lesson))
