from tests.api.rest.callers import Person, new_profile

GUAMBIA = {"kind": "indigenous", "name": "Resguardo de Guambía", "country": "CO", "region": "Cauca"}


def test_towns_are_found_by_the_beginning_of_a_name(anyone: Person) -> None:
    found = anyone.get("/v1/places?q=SÓGA").json()["places"]
    assert [(place["geonameid"], place["name"], place["region"]) for place in found] == [
        (3667873, "Sogamoso", "Boyacá")
    ]
    assert anyone.get("/v1/places?q=soga&country=BR").json() == {"places": []}
    assert len(anyone.get("/v1/places?q=san&limit=1").json()["places"]) == 1


def test_a_search_without_a_name_says_what_is_missing(anyone: Person) -> None:
    refused = anyone.get("/v1/places")
    assert refused.status_code == 422
    assert [(fault["parameter"], fault["code"]) for fault in refused.json()["errors"]] == [("q", "missing")]


def test_a_territory_that_was_added_can_be_where_a_profile_is(anyone: Person, city: Person) -> None:
    assert anyone.post("/v1/territories", GUAMBIA).status_code == 401
    added = city.post("/v1/territories", GUAMBIA)
    assert (added.status_code, added.json()["name"], added.json()["population"]) == (201, GUAMBIA["name"], None)
    assert anyone.get(added.headers["location"]).json() == added.json()
    assert anyone.get("/v1/territories/99").json()["code"] == "territory_unknown"
    number = new_profile(city, place={"territory_id": added.json()["territory_id"]})
    assert anyone.get(f"/v1/profiles/{number}").json()["place"] == added.json()


def test_a_number_larger_than_any_database_holds_is_refused(city: Person) -> None:
    refused = city.post("/v1/profiles", {"kind": "company", "name": "x", "place": {"territory_id": 10**30}})
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [
        ("#/place/territory_id", "less_than_equal")
    ]


def test_an_ambiguous_place_names_its_candidates(city: Person) -> None:
    refused = city.post("/v1/profiles", {"kind": "company", "name": "x", "place": {"name": "San Carlos"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "place_ambiguous")
    assert len(refused.json()["values"]["candidates"]) == 2


def test_a_region_beside_the_name_settles_which_town_is_meant(anyone: Person, city: Person) -> None:
    number = new_profile(city, place={"name": "San Carlos", "region": "Ñuble", "country": "CL"})
    assert anyone.get(f"/v1/profiles/{number}").json()["place"]["geonameid"] == 101
    refused = city.post(
        "/v1/profiles", {"kind": "company", "name": "x", "place": {"name": "Sogamoso", "region": "Lima"}}
    )
    assert refused.json()["code"] == "place_unknown"


def test_territories_that_authors_added_are_found_beside_towns(anyone: Person, city: Person) -> None:
    added = city.post("/v1/territories", GUAMBIA).json()
    assert anyone.get("/v1/places?q=resguardo de guambia").json()["places"] == [added]
    assert anyone.get("/v1/places?q=RESGUARDO").json()["places"] == [added]
    assert anyone.get("/v1/places?q=resguardo&country=BR").json()["places"] == []
    district = city.post(
        "/v1/territories", GUAMBIA | {"kind": "rural", "name": "San Carlos Alto", "country": "CL"}
    ).json()
    found = anyone.get("/v1/places?q=san carlos").json()["places"]
    assert [place["name"] for place in found] == ["San Carlos", "San Carlos", "San Carlos Alto"]
    assert found[2] == district
    assert len(anyone.get("/v1/places?q=san&limit=1").json()["places"]) == 1
