"""Whether a member can propose itself, as programs read it beside each opportunity."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from api.i18n import words
from api.rest.reasons import OwnProposalShape
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.introductions.foretelling import foretold
from matchmaker.introductions.obstacles import Obstacle
from matchmaker.languages import WorkingLanguage
from matchmaker.matching.opportunities import Opportunity
from matchmaker.profiles.models import Profile


def own_proposals(
    session: Session, *, service: Service, acting: Acting, profile: Profile, found: Sequence[Opportunity],
    language: WorkingLanguage,
) -> Mapping[int, OwnProposalShape]:  # fmt: skip
    """By challenge, for those who act for the profile."""
    told = foretold(
        session, office=service.introduction_office(), acting=acting, profiles=[profile],
        challenges=[one.full for one in found],
    )  # fmt: skip
    return {number: _shape(obstacle, language) for (_, number), obstacle in told.items()}


def _shape(obstacle: Obstacle | None, language: WorkingLanguage) -> OwnProposalShape:
    if obstacle is None:
        return OwnProposalShape(is_possible=True)
    detail = words(language, f"ahead.{obstacle.code}", obstacle.values)
    number = obstacle.values.get("introduction_id")
    return OwnProposalShape(is_possible=False, code=obstacle.code, detail=detail, introduction_id=number)
