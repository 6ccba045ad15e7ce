"""What is asked of the index, made of a challenge or a profile. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchmaker.challenges.models import Challenge
from matchmaker.languages import WorkingLanguage
from matchmaker.matching.ports import Query
from matchmaker.places.models import Located
from matchmaker.taxonomy.models import Taxonomy, Words

WHOLE_CHARACTERS = 1_600  # of a challenge that are read as one text: the model reads about 400 tokens


@dataclass(frozen=True)
class Ask:
    """A challenge as a question: its needs, the whole, the principles it names, and the circumstances it has."""

    needs: tuple[Query, ...]
    whole: Query | None
    principles: tuple[tuple[str, Query], ...]
    language: str
    where: Located
    areas: frozenset[str] = field(default_factory=frozenset)


def ask_of(challenge: Challenge, needs: Sequence[str], *, taxonomy: Taxonomy, is_stored: bool) -> Ask:
    """The question that a challenge asks; the whole is left out where a single need says it all."""
    language = challenge.language
    said = ". ".join(part for part in (challenge.title, challenge.description) if part)[:WHOLE_CHARACTERS]
    queries = tuple(Query(need, language, is_stored) for need in needs)
    is_more = len(queries) != 1 or said.strip() != queries[0].text.strip()
    named = [term for term in taxonomy.principles if term.code in challenge.principles]
    return Ask(
        needs=queries,
        whole=Query(said, language, is_stored) if is_more else None,
        principles=tuple((term.code, principle_query(term.description, language)) for term in named),
        language=language,
        where=Located.model_validate(challenge, from_attributes=True),
        areas=frozenset(challenge.areas),
    )


def principle_query(description: Words, language: str) -> Query:
    """A guiding principle as a question, in the language of the challenge where the taxonomy has it."""
    spoken = language if language in description else WorkingLanguage.ES
    return Query(description[spoken], spoken, is_stored=True)
