"""Matches, peers and opportunities as answers: each need with the sentence that answers it, verbatim."""

from pydantic import BaseModel

from api.rest.shapes import ChallengeLine, PlaceShape
from matchmaker.matching.strength import Strength


class AgentShape(BaseModel):
    """Who answers."""

    id: int
    name: str
    kind: str
    language: str
    place: PlaceShape | None
    country: str
    region: str


class StrengthShape(BaseModel):
    """How strong: a probability, 0 to 100, with its word."""

    points: int
    word: Strength


class QuotationShape(BaseModel):
    """A sentence as it stands in the profile; `points` is how well it answers, 0 to 100."""

    text: str
    language: str
    field: str
    points: int


class AnswerShape(BaseModel):
    """A need with the sentence that answers it, or nothing."""

    need: str
    quotation: QuotationShape | None


class PrincipleShape(BaseModel):
    """A guiding principle that the challenge names, with the sentence that meets it, or nothing."""

    code: str
    quotation: QuotationShape | None


class CircumstanceShape(BaseModel):
    """A circumstance that counts, for or against, with the values of a sentence about it."""

    code: str
    values: dict[str, str | int]


class AnsweredShape(BaseModel):
    """Answers `count` of `of` needs."""

    count: int
    of: int


class ReasonsShape(BaseModel):
    """Why: what all lists explain alike."""

    answered: AnsweredShape
    answers: list[AnswerShape]
    missing: list[str]
    circumstances: list[CircumstanceShape]


class FitShape(ReasonsShape):
    """How strongly an agent answers a challenge, and why."""

    strength: StrengthShape
    principles: list[PrincipleShape]


class MatchShape(FitShape):
    """An agent in its place. `is_tie`: another was as strong; ties go to the least shown."""

    place: int
    is_tie: bool
    profile: AgentShape


class MadeBy(BaseModel):
    """By what a list was made, so that it can be explained later."""

    model: str
    generation: int
    correction: str
    ranking: str
    strength: str


class MatchesShape(BaseModel):
    """Matches in order. `nobody_fits` when no match is at least possible."""

    needs: list[str]
    language: str
    nobody_fits: bool
    matches: list[MatchShape]
    made_by: MadeBy


class PeerShape(ReasonsShape):
    """A similar challenge, with the sentences in which it resembles each need; likeness in standard deviations."""

    challenge: ChallengeLine
    likeness: float


class PeersShape(BaseModel):
    """Similar challenges, the most alike first."""

    peers: list[PeerShape]


class OwnProposalShape(BaseModel):
    """Whether the profile can propose itself now; if not, the code with which that would be refused, and what to do."""

    is_possible: bool
    code: str | None = None
    detail: str | None = None
    introduction_id: int | None = None


class OpportunityShape(FitShape):
    """An open challenge that a profile could answer, with the evidence that its author would see.

    `proposal` is for those who act for the profile.
    """

    challenge: ChallengeLine
    proposal: OwnProposalShape | None = None


class OpportunitiesShape(BaseModel):
    """Open challenges by falling strength for one profile."""

    profile_id: int
    opportunities: list[OpportunityShape]
