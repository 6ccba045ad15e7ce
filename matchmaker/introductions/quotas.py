"""Who may propose themselves, and how often; what is already proposed. The rows of both profiles are held meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.introductions.drafts import PolicyDraft
from matchmaker.introductions.models import AskingPolicy, Introduction, IntroductionSide, Proposer, Side
from matchmaker.introductions.obstacles import of_earlier, of_quotas, refuse
from matchmaker.introductions.terms import Office
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.profiles.speaking import speaks_for
from matchmaker.taxonomy.models import Concern, Taxonomy
from matchmaker.taxonomy.rules import check_code

WEEK = timedelta(days=7)


def check_quotas(session: Session, *, owner: Profile, profile: Profile, office: Office) -> None:
    """Whether a profile may propose itself to an owner now.

    Raises `asking_not_allowed`, `asks_full` (the owner takes no more this week), `asks_used_up` (one's own are).
    """
    asks = select(func.count()).where(
        Introduction.proposed_by == Proposer.PROFILE, col(Introduction.created_at) > office.now - WEEK
    )
    refuse(
        of_quotas(
            session.get(AskingPolicy, owner.id or 0),
            kind=profile.kind,
            asked_by=session.exec(asks.where(Introduction.profile_id == profile.id)).one(),
            asked_of=session.exec(asks.where(Introduction.owner_id == owner.id)).one(),
            limit=office.terms.asks_per_week,
        )
    )


@dataclass(frozen=True)
class AsksLeft:
    """How many times a profile may still propose itself, of how many in any seven days; when there is one more."""

    left: int
    limit: int
    next_at: datetime | None


def asks_left(session: Session, *, acting: Acting, profile_id: int, office: Office) -> AsksLeft:
    """What is left of a profile's own proposals, for those who act for it. Raises `not_your_profile`."""
    get_profile(session, acting=acting, profile_id=profile_id)
    if not (acting.is_secretariat or represents(session, acting=acting, profile_id=profile_id)):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    statement = select(Introduction.created_at).where(
        Introduction.profile_id == profile_id,
        Introduction.proposed_by == Proposer.PROFILE,
        col(Introduction.created_at) > office.now - WEEK,
    )
    asked = session.exec(statement.order_by(col(Introduction.created_at))).all()
    limit = office.terms.asks_per_week
    return AsksLeft(max(limit - len(asked), 0), limit, asked[0] + WEEK if asked else None)


def check_rest(session: Session, *, challenge_id: int, profile_id: int, by: Proposer, office: Office) -> None:
    """Whether the same was proposed before.

    Raises `introduction_exists` for one that the proposer can read, `introduction_not_possible` otherwise.
    """
    statement = select(Introduction).where(
        Introduction.challenge_id == challenge_id, Introduction.profile_id == profile_id
    )
    rested = office.now - timedelta(days=office.terms.rest_days)
    earlier = session.exec(statement.order_by(col(Introduction.id))).all()
    told = ((row, by is Proposer.SECRETARIAT or _is_told(session, row=row, side=Side(by))) for row in earlier)
    refuse(of_earlier(told, by=by, rested=rested))


def check_possible(session: Session, *, owner_id: int, profile_id: int, office: Office) -> None:
    """Raise `introduction_not_possible` for what nobody is told: a confirmed conflict, or one who takes none."""
    policies = (session.get(AskingPolicy, number) for number in (owner_id, profile_id))
    takes_none = any(policy.takes_none for policy in policies if policy is not None)
    if takes_none or office.conflicts.are_apart(session, owner_id, profile_id):
        raise ConflictError("introduction_not_possible")


def asking_policy(session: Session, *, acting: Acting, profile_id: int) -> AskingPolicy:
    """Who may propose themselves for the challenges of a profile. Raises `profile_unknown`.

    Whether it takes none at all only those who act for it and the secretariat read.
    """
    get_profile(session, acting=acting, profile_id=profile_id)
    kept = session.get(AskingPolicy, profile_id) or AskingPolicy(profile_id=profile_id)
    may_read_all = acting.is_secretariat or represents(session, acting=acting, profile_id=profile_id)
    return AskingPolicy(
        profile_id=profile_id,
        kinds=kept.kinds,
        per_week=kept.per_week,
        takes_none=kept.takes_none and may_read_all,
    )


def set_asking_policy(
    session: Session, *, taxonomy: Taxonomy, acting: Acting, profile_id: int, draft: PolicyDraft
) -> AskingPolicy:
    """Say who may propose themselves. Raises `profile_unknown`, `only_representatives`, `unknown_code`."""
    get_profile(session, acting=acting, profile_id=profile_id)
    if not speaks_for(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("only_representatives")
    for kind in draft.kinds:
        check_code(taxonomy, Concern.KINDS, kind, field="kinds")
    policy = session.get(AskingPolicy, profile_id) or AskingPolicy(profile_id=profile_id)
    policy.kinds, policy.per_week = list(dict.fromkeys(draft.kinds)), draft.per_week
    policy.takes_none = draft.takes_none
    session.add(policy)
    session.flush()
    return policy


def _is_told(session: Session, *, row: Introduction, side: Side) -> bool:
    found = session.get(IntroductionSide, (row.id, side))
    return found is not None and found.told_at is not None
