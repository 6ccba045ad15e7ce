import pytest
from pydantic import ValidationError

from matchmaker.places.drafts import LARGEST_POPULATION, TerritoryDraft

GUAMBIA: dict[str, object] = {"kind": "indigenous", "name": "Guambía", "country": "CO", "region": "Cauca"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "kingdom"),
        ("name", "  "),
        ("name", "x" * 201),
        ("country", "Colombia"),
        ("region", "x\x00"),
        ("population", 0),
        ("population", LARGEST_POPULATION + 1),
        ("latitude", 1.0),
    ],
)
def test_a_territory_is_refused_where_it_is_wrong(field: str, value: object) -> None:
    assert TerritoryDraft.model_validate(GUAMBIA).population is None
    with pytest.raises(ValidationError) as refused:
        TerritoryDraft.model_validate(GUAMBIA | {field: value})
    assert [fault["loc"] for fault in refused.value.errors()] == [(field,)]
