"""Profiles, challenges and lessons as an index sees them."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges import passages as challenge_passages
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import FullChallenge, full_challenges
from matchmaker.lessons import passages as lesson_passages
from matchmaker.lessons.models import Lesson, LessonState
from matchmaker.lessons.queries import FullLesson, full_lessons
from matchmaker.matching.ports import Document, Subject
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode
from matchmaker.places.sizes import band
from matchmaker.profiles import passages as profile_passages
from matchmaker.profiles.drafts import ANYWHERE
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import FullProfile, full_profiles


def profile_document(full: FullProfile) -> Document:
    """A profile with the facets by which it can be filtered."""
    profile = full.profile
    facets = {
        f"visibility:{profile.visibility}",
        f"kind:{profile.kind}",
        f"country:{profile.country}",
        *(f"area:{area}" for area in profile.areas),
        *(f"language:{language}" for language in profile.languages),
        *(f"reach:{country}" for country in countries_reached(profile)),
    }
    passages = profile_passages.passages_of(profile, full.offers, full.experience)
    return Document(
        Subject.PROFILE, profile.id or 0, profile.version, profile.language, frozenset(facets), tuple(passages)
    )


def challenge_document(full: FullChallenge) -> Document:
    """A challenge with the facets by which it can be filtered."""
    challenge = full.challenge
    facets = {
        f"country:{challenge.country}",
        f"language:{challenge.language}",
        f"reference:{challenge.is_reference}",
        f"size:{band(challenge.population)}",
        *(f"area:{area}" for area in challenge.areas),
    }
    if challenge.owner_id is not None:
        facets.add(f"owner:{challenge.owner_id}")
    passages = challenge_passages.passages_of(challenge, full.needs)
    return Document(
        Subject.CHALLENGE, challenge.id or 0, challenge.version, challenge.language, frozenset(facets), tuple(passages)
    )


def lesson_document(full: FullLesson) -> Document:
    """A lesson with the facets by which it can be filtered; it is shown to those to whom its author is."""
    lesson = full.lesson
    facets = {
        f"visibility:{full.author.visibility}",
        author_facet(lesson.author_id),
        f"country:{lesson.country}",
        f"language:{lesson.language}",
        *(f"area:{area}" for area in lesson.areas),
    }
    passages = lesson_passages.passages_of(lesson)
    return Document(Subject.LESSON, lesson.id or 0, lesson.version, lesson.language, frozenset(facets), tuple(passages))


def author_facet(profile_id: int) -> str:
    """What the lessons of a profile have in common, and no other document has."""
    return f"author:{profile_id}"


def countries_reached(profile: Profile) -> set[str]:
    """Countries in which the agent delivers, macro-regions opened; its own when it names none."""
    reached: set[str] = set()
    for reach in profile.delivery_area or [profile.country]:
        is_region = reach in set(MacroRegionCode)
        reached |= MACRO_REGIONS[MacroRegionCode(reach)].countries if is_region else {reach}
    return reached


def delivers_to(country: str) -> frozenset[str]:
    """The filter that keeps agents who deliver in a country."""
    return frozenset({f"reach:{country}", f"reach:{ANYWHERE}"})


def load_documents(session: Session, *, subject: Subject, ids: Collection[int]) -> dict[int, Document]:
    """Those of `ids` that belong in the index, by number: shown or unclaimed profiles, open challenges, shown lessons.

    A lesson of a hidden author does not belong there.
    """
    if subject is Subject.PROFILE:
        found = full_profiles(session, acting=OPERATOR, profile_ids=ids)
        return {key: profile_document(full) for key, full in found.items() if _is_listed(full.profile)}
    if subject is Subject.LESSON:
        told = full_lessons(session, acting=OPERATOR, lesson_ids=ids)
        return {key: lesson_document(full) for key, full in told.items() if _is_told(full)}
    asked = full_challenges(session, acting=OPERATOR, challenge_ids=ids)
    opened = {key: full for key, full in asked.items() if full.challenge.status == Status.OPEN}
    return {key: challenge_document(full) for key, full in opened.items()}


def all_ids(session: Session, *, subject: Subject) -> Sequence[int]:
    """The numbers of all rows that belong in the index, ascending."""
    listed = col(Profile.visibility) != Visibility.HIDDEN
    statements = {
        Subject.PROFILE: select(Profile.id).where(listed).order_by(col(Profile.id)),
        Subject.CHALLENGE: select(Challenge.id).where(Challenge.status == Status.OPEN).order_by(col(Challenge.id)),
        Subject.LESSON: select(Lesson.id)
        .where(Lesson.state == LessonState.SHOWN, col(Lesson.author_id).in_(select(Profile.id).where(listed)))
        .order_by(col(Lesson.id)),
    }
    return [key or 0 for key in session.exec(statements[subject]).all()]


def lessons_of(session: Session, *, author_ids: Collection[int]) -> list[int]:
    """The lessons that change in the index when their authors do."""
    return [key or 0 for key in session.exec(select(Lesson.id).where(col(Lesson.author_id).in_(author_ids))).all()]


def _is_listed(profile: Profile) -> bool:
    return profile.visibility != Visibility.HIDDEN


def _is_told(full: FullLesson) -> bool:
    return full.lesson.state == LessonState.SHOWN and _is_listed(full.author)
