import pytest

from matchmaker.errors import InvalidInputError
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.states import Sector
from matchmaker.taxonomy.models import Concern
from tests.factories import taxonomy
from tests.matchmaker.membership.scenes import VERSION, charter

LANGUAGES = {str(language) for language in WorkingLanguage}


def test_every_kind_belongs_to_a_sector_and_every_sector_has_kinds_and_seats() -> None:
    assert set(charter().sectors.of_kind) == taxonomy().codes(Concern.KINDS)
    assert set(charter().sectors.of_kind.values()) == set(Sector) == set(charter().policy.seats)
    assert all(number > 0 for number in charter().policy.seats.values())


def test_criteria_speak_three_languages_and_weigh_something() -> None:
    criteria = charter().criteria[VERSION]
    assert criteria.version == VERSION
    assert len(criteria.weights) == len(criteria.criteria) > 0
    assert sum(criteria.weights.values()) == 100
    texts = [words for item in criteria.criteria for words in (item.name, item.description)]
    sources = [criteria.source, charter().policy.source, charter().sectors.source]
    assert all(set(words) == LANGUAGES and all(words.values()) for words in [*texts, *sources])


def test_an_unknown_version_of_criteria_is_answered_with_those_there_are() -> None:
    with pytest.raises(InvalidInputError) as refused:
        charter().criteria_of("1900.1")
    assert refused.value.values["known"] == [VERSION]
