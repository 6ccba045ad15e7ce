"""Whether members can propose themselves, said beside each challenge before anybody tries."""

from collections.abc import Collection
from dataclasses import replace

from api.web.explained import explain
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.pieces import MatchExplained, ProposalShown
from api.web.supply_views import ProposeOneself
from api.web.typed import Typed
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge, get_challenge
from matchmaker.errors import DomainError, NotReadyError
from matchmaker.introductions.checking import check_proposal
from matchmaker.introductions.foretelling import foretold
from matchmaker.introductions.keeping import is_blocked_by_procurement
from matchmaker.introductions.obstacles import Obstacle
from matchmaker.introductions.quotas import asks_left
from matchmaker.matching.actions import Wanted, matches_of_challenge
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import full_profiles, get_profile, represented_by, represents

MEMBERS_SHOWN = 5  # of those for which one acts, on a challenge's page; few act for more
OF_THE_MEMBER = frozenset({"only_representatives", "asks_used_up"})
"""What stands in the way on every challenge alike: said once, above the list."""


def proposals_of(asked: Asked, profile: Profile, challenges: Collection[FullChallenge]) -> dict[int, ProposalShown]:
    """By challenge whether a member can propose itself; nothing for those who do not act for it."""
    found = foretold(
        asked.session, office=asked.service.introduction_office(), acting=asked.acting, profiles=[profile],
        challenges=challenges,
    )  # fmt: skip
    return {number: _shown(asked, profile, obstacle) for (_, number), obstacle in found.items()}


def own_proposals(asked: Asked, full: FullChallenge) -> tuple[ProposalShown, ...]:
    """On a challenge of others: whether each member for which one acts can propose itself.

    Cities read others' challenges to learn from them: what is no business of theirs is not said to them.
    """
    acting, challenge, office = asked.acting, full.challenge, asked.service.introduction_office()
    if asked.person is None or acting.is_secretariat or challenge.is_reference or challenge.status != Status.OPEN:
        return ()
    numbers = represented_by(asked.session, acting=acting)
    if not numbers or full.owners & set(numbers):
        return ()
    mine = [each.profile for each in full_profiles(asked.session, acting=acting, profile_ids=numbers).values()]
    found = foretold(asked.session, office=office, acting=acting, profiles=mine, challenges=[full])
    shown = [
        _shown(asked, profile, found[profile.id or 0, challenge.id or 0])
        for profile in sorted(mine, key=lambda each: each.id or 0)
    ]
    offers = {profile.id for profile in mine if profile.kind in office.lists.supplying_kinds}
    return tuple(each for each in shown if each.is_possible or each.agent.id in offers)[:MEMBERS_SHOWN]


def closed_of(asked: Asked, acting: Acting, full: FullChallenge, profile: Profile) -> ProposalShown:
    """Whether a member could be proposed now, by itself or by whoever asks."""
    office = asked.service.introduction_office()
    try:
        check_proposal(
            asked.session, office=office, acting=acting, challenge_id=full.challenge.id or 0, profile_id=profile.id or 0
        )
    except DomainError as refusal:
        obstacle = Obstacle(refusal.code, refusal.values)
        is_own = represents(asked.session, acting=acting, profile_id=profile.id or 0)
        shown = _shown(asked, profile, obstacle)
        return shown if is_own and shown.why else replace(shown, why=asked.say_refusal(obstacle.code, obstacle.values))
    return _shown(asked, profile, None)


def barred_by_procurement(asked: Asked, full: FullChallenge, profiles: Collection[Profile]) -> frozenset[int]:
    """Those who could bid while a purchase is open on a challenge: nobody proposes them meanwhile."""
    lists = asked.service.introduction_office().lists
    return frozenset(
        profile.id or 0
        for profile in profiles
        if is_blocked_by_procurement(challenge=full.challenge, kind=profile.kind, lists=lists)
    )


def propose_page(asked: Asked, profile_id: int, challenge_id: int, *, typed: Typed | None = None) -> ProposeOneself:
    """Whether and how a member proposes itself.

    Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`, `challenge_unknown`.
    """
    acting, session, office = asked.signed_in(), asked.session, asked.service.introduction_office()
    left = asks_left(session, acting=acting, profile_id=profile_id, office=office)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    challenge = full.challenge
    proposal = closed_of(asked, acting, full, profile)
    return ProposeOneself(
        language=asked.language,
        frame=asked.frame("profiles", form="page-form" if typed else ""),
        agent=named(profile),
        line=challenge_line(challenge, owners_of(session, [challenge], acting=acting)),
        match=_match(asked, acting, challenge_id, profile_id),
        left=left.left,
        limit=left.limit,
        next_at=left.next_at,
        proposal=proposal,
        typed=typed or Typed(),
    )


def _match(asked: Asked, acting: Acting, challenge_id: int, profile_id: int) -> MatchExplained | None:
    """The match as the challenge's author would see it; nothing where the profile is in no list, or none is made."""
    service = asked.service
    try:
        _, found = matches_of_challenge(
            asked.session, index=service.index, acting=acting, taxonomy=service.taxonomy, challenge_id=challenge_id,
            wanted=Wanted(limit=1), only=frozenset({profile_id}),
        )  # fmt: skip
    except NotReadyError:
        return None
    return next(
        (
            explain(
                match.ranked, found.needs, spoken=found.language, taxonomy=service.taxonomy, language=asked.language
            )
            for match in found.matches
        ),
        None,
    )


def _shown(asked: Asked, profile: Profile, obstacle: Obstacle | None) -> ProposalShown:
    if obstacle is None:
        return ProposalShown(named(profile))
    number = obstacle.values.get("introduction_id")
    why = asked.say(f"ahead.{obstacle.code}", obstacle.values)
    return ProposalShown(named(profile), obstacle.code, why, number if isinstance(number, int) else 0)
