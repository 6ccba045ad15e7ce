"""Drafts and rows that are right as they are; a test says only what matters to it."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session

from matchmaker.accounts.actions import make_token
from matchmaker.accounts.models import Acting, Role
from matchmaker.accounts.queries import account_by_address
from matchmaker.challenges.actions import post_challenge
from matchmaker.challenges.drafts import ChallengeDraft
from matchmaker.challenges.models import Challenge
from matchmaker.introductions.terms import Lists, load_lists
from matchmaker.lessons.actions import write_lesson
from matchmaker.lessons.drafts import LessonDraft
from matchmaker.lessons.models import Lesson
from matchmaker.people.joining import answer_invitation
from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.places.actions import PlaceFinder
from matchmaker.profiles.actions import Desk, create_profile
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile
from matchmaker.taxonomy.models import Taxonomy
from matchmaker.taxonomy.queries import load_taxonomy
from tests.fakes import FakePlaceFinder

NOW = datetime(2027, 1, 11, 15, 30, tzinfo=UTC)
TAXONOMY = Path(__file__).parents[1] / "data" / "taxonomy"


@cache
def taxonomy() -> Taxonomy:
    """The newest lists of the repository."""
    return load_taxonomy(TAXONOMY)


@cache
def lists() -> Lists:
    """Reasons for a no, and who could bid."""
    return load_lists(TAXONOMY.parent / "introductions")


def desk(now: datetime = NOW, finder: PlaceFinder | None = None) -> Desk:
    """What a save needs, with a few towns for a gazetteer."""
    return Desk(taxonomy=taxonomy(), finder=finder or FakePlaceFinder(), now=now)


def profile_draft(**changes: Any) -> ProfileDraft:
    """A firm that looks for leaks, with one offer and one experience."""
    draft = {
        "kind": "company",
        "name": "Fugas y Caudales",
        "language": "es",
        "summary": "Buscamos agua perdida en redes pequeñas y medianas.",
        "offers": [{"title": "Búsqueda de fugas", "text": "Encontramos fugas que no se ven y marcamos dónde excavar."}],
        "experience": [
            {
                "title": "Campaña nocturna",
                "place": {"geonameid": 3667873},
                "year": 2023,
                "result": "212 fugas halladas.",
            }
        ],
        "languages": ["es"],
        "place": {"name": "Sogamoso", "country": "CO"},
        "delivery_area": ["CO"],
        "areas": ["energy_environment"],
        "email": "campo@fugas.example",
    }
    return ProfileDraft.model_validate(draft | changes)


def challenge_draft(**changes: Any) -> ChallengeDraft:
    """A town that loses half of its water; its needs are left to be split."""
    draft = {
        "language": "es",
        "title": "La mitad del agua se pierde",
        "description": "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores.",
        "expected_benefit": "Perder menos agua.",
        "place": {"name": "Sogamoso", "country": "CO"},
        "areas": ["energy_environment"],
        "principles": ["urban_service_efficiency"],
        "audience": "public",
    }
    return ChallengeDraft.model_validate(draft | changes)


def signed_in(session: Session, *, role: Role = Role.CITY, name: str = "Ana") -> Acting:
    """A new account that acts."""
    account, _token = make_token(session, name=name, role=role, label="tests", now=NOW)
    return Acting(account_id=account.id, role=role)


def accepted(session: Session, row: PersonInvitation, *, now: datetime = NOW) -> int:
    """The account of an invited person, who says yes unless they have."""
    if row.state == InvitationState.PENDING:
        answer_invitation(session, invitation_id=row.id or 0, answer=InvitationState.ACCEPTED, now=now)
    account = account_by_address(session, row.address)
    assert account is not None
    return account.id or 0


def saved_profile(session: Session, *, acting: Acting, **changes: Any) -> Profile:
    """A profile that `acting` represents."""
    return create_profile(session, desk=desk(), acting=acting, draft=profile_draft(**changes))


def saved_challenge(session: Session, *, acting: Acting, owner: Profile, **changes: Any) -> Challenge:
    """A challenge of `owner`."""
    draft = challenge_draft(**changes)
    return post_challenge(session, desk=desk(), acting=acting, owner_id=owner.id, draft=draft)


def lesson_draft(**changes: Any) -> LessonDraft:
    """A town that listened for leaks at night, and failed."""
    draft = {
        "language": "es",
        "title": "Escuchar la red de noche",
        "context": "La mitad del agua se perdía y la cuadrilla era de tres personas.",
        "tried": "Alquilamos sensores acústicos por tres meses.",
        "result": "Los sensores llegaron tarde y nadie sabía leerlos.",
        "is_failure": True,
        "cost_band": "under_25k",
        "would_repeat": "with_changes",
        "year": 2024,
        "place": {"name": "Sogamoso", "country": "CO"},
        "areas": ["energy_environment"],
    }
    return LessonDraft.model_validate(draft | changes)


def saved_lesson(session: Session, *, acting: Acting, author: Profile, **changes: Any) -> Lesson:
    """A lesson of `author`."""
    draft = lesson_draft(**changes)
    return write_lesson(session, desk=desk(), acting=acting, author_id=author.id or 0, draft=draft)
