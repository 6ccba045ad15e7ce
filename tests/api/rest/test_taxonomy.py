from tests.api.rest.callers import Person
from tests.factories import taxonomy


def test_the_newest_taxonomy_comes_in_three_languages(anyone: Person) -> None:
    found = anyone.get("/v1/taxonomy").json()
    assert found["version"] == taxonomy().version
    assert [kind["code"] for kind in found["kinds"]] == [kind.code for kind in taxonomy().kinds]
    assert {tuple(sorted(area["name"])) for area in found["areas"]} == {("en", "es", "pt")}
    assert found["areas"][0]["sub_terms"][0]["code"] == taxonomy().areas[0].sub_terms[0].code


def test_a_version_that_is_not_there_is_named_with_those_that_are(anyone: Person) -> None:
    refused = anyone.get("/v1/taxonomy?version=1999.1")
    assert (refused.status_code, refused.json()["code"]) == (404, "taxonomy_version_unknown")
    assert refused.json()["values"] == {"version": "1999.1", "known": taxonomy().version}
