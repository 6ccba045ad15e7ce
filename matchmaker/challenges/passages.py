"""A challenge as sections worth embedding: its needs are what suppliers and peers are compared with."""

from collections.abc import Sequence

from matchmaker.challenges.models import Challenge, Need
from matchmaker.sentences import Passage, Section, paragraphs, passages

DESCRIPTION, NEED, BENEFIT = "description", "need", "benefit"


def sections_of(challenge: Challenge, needs: Sequence[Need]) -> list[Section]:
    """Title with each paragraph, then the needs one by one, then the expected benefit."""
    language = challenge.language
    said = [Section(DESCRIPTION, challenge.title, part, language) for part in paragraphs(challenge.description)]
    said += [Section(NEED, "", need.text, language) for need in needs]
    if challenge.expected_benefit:
        said.append(Section(BENEFIT, challenge.title, challenge.expected_benefit, language))
    return said


def passages_of(challenge: Challenge, needs: Sequence[Need]) -> list[Passage]:
    """The passages of a challenge: sections and sentences."""
    return passages(sections_of(challenge, needs))
