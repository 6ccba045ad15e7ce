"""Lists of the domain put into the form of answers. Pure."""

from collections.abc import Mapping, Sequence

from api.rest.reasons import (
    AgentShape,
    AnsweredShape,
    AnswerShape,
    CircumstanceShape,
    MadeBy,
    MatchesShape,
    MatchShape,
    OpportunitiesShape,
    OpportunityShape,
    OwnProposalShape,
    PeerShape,
    PeersShape,
    PrincipleShape,
    QuotationShape,
    StrengthShape,
)
from api.rest.shapes import challenge_line, place_shape
from matchmaker.matching.actions import Match, MatchList
from matchmaker.matching.circumstances import Fitting
from matchmaker.matching.opportunities import Opportunity
from matchmaker.matching.peers import Peer
from matchmaker.matching.ranking import RANKING_VERSION, Ranked
from matchmaker.matching.reasons import Quotation, Reasons
from matchmaker.matching.strength import STRENGTH_VERSION
from matchmaker.profiles.models import Profile

LIKENESS_DECIMALS = 3


def matches_shape(found: MatchList) -> MatchesShape:
    """A list of matches as it is shown."""
    result = found.result
    return MatchesShape(
        needs=list(found.needs),
        language=found.language,
        nobody_fits=found.nobody_fits,
        matches=[_match(match, found.needs, place=place) for place, match in enumerate(found.matches, start=1)],
        made_by=MadeBy(
            model=result.model,
            generation=result.generation,
            correction=result.correction,
            ranking=RANKING_VERSION,
            strength=STRENGTH_VERSION,
        ),
    )


def peers_shape(peers: Sequence[Peer], needs: Sequence[str]) -> PeersShape:
    """Similar challenges as they are shown."""
    return PeersShape(peers=[_peer(peer, needs) for peer in peers])


def opportunities_shape(
    profile_id: int, found: Sequence[Opportunity], proposals: Mapping[int, OwnProposalShape]
) -> OpportunitiesShape:
    """Opportunities as they are shown."""
    return OpportunitiesShape(profile_id=profile_id, opportunities=[_opportunity(one, proposals) for one in found])


def _match(match: Match, needs: Sequence[str], *, place: int) -> MatchShape:
    profile = agent_shape(match.full.profile)
    own = {"place": place, "is_tie": match.ranked.is_tie, "profile": profile}
    return MatchShape.model_validate(own | fit_fields(match.ranked, needs))


def _peer(peer: Peer, needs: Sequence[str]) -> PeerShape:
    reasons = reasons_fields(peer.reasons, peer.circumstances, needs)
    own = {"challenge": challenge_line(peer.full.challenge), "likeness": round(peer.likeness, LIKENESS_DECIMALS)}
    return PeerShape.model_validate(own | reasons)


def _opportunity(found: Opportunity, proposals: Mapping[int, OwnProposalShape]) -> OpportunityShape:
    needs = [need.text for need in found.full.needs]
    challenge = found.full.challenge
    own = {"challenge": challenge_line(challenge), "proposal": proposals.get(challenge.id or 0)}
    return OpportunityShape.model_validate(own | fit_fields(found.ranked, needs))


def agent_shape(row: Profile) -> AgentShape:
    """A profile as it is named in a list of matches."""
    return AgentShape(
        id=row.id or 0,
        name=row.name,
        kind=row.kind,
        language=row.language,
        place=place_shape(row),
        country=row.country,
        region=row.region,
    )


def fit_fields(ranked: Ranked, needs: Sequence[str]) -> dict[str, object]:
    """How strongly, and why: the fields of a `FitShape`."""
    reasons = ranked.candidate.reasons
    principles = [PrincipleShape(code=code, quotation=_quotation(quote)) for code, quote in reasons.principles]
    strength = StrengthShape(points=ranked.points, word=ranked.strength)
    return {
        "strength": strength,
        "principles": principles,
        **reasons_fields(reasons, ranked.candidate.circumstances, needs),
    }


def reasons_fields(reasons: Reasons, circumstances: Sequence[Fitting], needs: Sequence[str]) -> dict[str, object]:
    """Why: the fields of a `ReasonsShape`."""
    pairs = zip(needs, reasons.answers, strict=True)
    return {
        "answered": AnsweredShape(count=reasons.answered, of=len(needs)),
        "answers": [AnswerShape(need=need, quotation=_quotation(quote)) for need, quote in pairs],
        "missing": [needs[number] for number in reasons.missing],
        "circumstances": [CircumstanceShape(code=fitting.code, values=fitting.values) for fitting in circumstances],
    }


def _quotation(quote: Quotation | None) -> QuotationShape | None:
    if quote is None:
        return None
    return QuotationShape(text=quote.text, language=quote.language, field=quote.field, points=quote.points)
