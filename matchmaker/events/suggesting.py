"""What the matcher finds among those who take part, kept for drafts alone."""

from sqlmodel import Session, col, delete, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import full_challenges
from matchmaker.events.models import Participant, Presence, Suggestion
from matchmaker.events.queries import event_for_desk
from matchmaker.matching.actions import Wanted, find_matches, stored_ask
from matchmaker.matching.ports import SearchIndex
from matchmaker.matching.strength import POSSIBLE_POINTS
from matchmaker.taxonomy.models import Taxonomy

BEST_OF_EACH = 8  # matches of one challenge; more would fill drafts with what nobody asked for


def suggest(session: Session, *, acting: Acting, event_id: int, index: SearchIndex, taxonomy: Taxonomy) -> int:
    """Seek for each open challenge of a participant who among the others answers it; how many were found.

    The matcher is asked as ever: sponsors, exposure and earlier agendas change nothing in what it says.
    Raises `only_secretariat`, `event_unknown`.
    """
    event_for_desk(session, acting=acting, event_id=event_id)
    here = frozenset(
        session.exec(
            select(Participant.profile_id).where(
                Participant.event_id == event_id, Participant.presence != Presence.CANCELLED
            )
        ).all()
    )
    owned = select(Challenge.id).where(col(Challenge.owner_id).in_(here), Challenge.status == Status.OPEN)
    numbers = [number or 0 for number in session.exec(owned).all()]
    session.exec(delete(Suggestion).where(col(Suggestion.event_id) == event_id))
    found = 0
    for challenge_id, full in sorted(full_challenges(session, acting=acting, challenge_ids=numbers).items()):
        matches = find_matches(
            session, index=index, acting=acting, ask=stored_ask(full, taxonomy=taxonomy),
            wanted=Wanted(limit=BEST_OF_EACH), owner_id=full.challenge.owner_id, only=here,
        ).matches  # fmt: skip
        rows = [
            Suggestion(
                event_id=event_id, challenge_id=challenge_id, profile_id=match.full.profile.id or 0,
                points=match.ranked.points,
            )
            for match in matches
            if match.ranked.points >= POSSIBLE_POINTS
        ]  # fmt: skip
        session.add_all(rows)
        found += len(rows)
    session.flush()
    return found
