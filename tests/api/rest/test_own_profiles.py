"""What those who act for a profile read of it and write, and nobody else."""

import pytest

from tests.api.rest.callers import Person, new_profile, profile_body

PARTS = ["copy", "visibility", "asks-left"]


def test_what_is_being_written_is_read_by_its_own_and_changes_nothing_published(city: Person) -> None:
    number = new_profile(city)
    before = city.get(f"/v1/profiles/{number}/copy").json()
    assert (before["saved_at"], before["is_first"]) == (None, False)
    saved = city.put(f"/v1/profiles/{number}/copy", profile_body(summary="Otra cosa.", offers=[]))
    assert saved.status_code == 200, saved.text
    assert saved.json()["saved_at"]
    assert saved.json()["words"]["summary"] == "Otra cosa."
    assert {"lack": "offers", "number": None, "named": ""} in saved.json()["missing"]
    assert city.get(f"/v1/profiles/{number}").json()["summary"] != "Otra cosa."
    assert city.delete(f"/v1/profiles/{number}/copy").status_code == 204
    assert city.get(f"/v1/profiles/{number}/copy").json() == before


def test_an_edit_of_what_has_changed_meanwhile_is_refused(city: Person) -> None:
    here = f"/v1/profiles/{new_profile(city)}/copy"
    tag = city.get(here).headers["etag"]
    assert city.put(here, profile_body(summary="Una."), If_Match=tag).status_code == 200
    assert city.put(here, profile_body(summary="Dos."), If_Match=tag).status_code == 412


def test_an_address_for_letters_is_never_told(city: Person) -> None:
    here = f"/v1/profiles/{new_profile(city)}/copy"
    assert "cartas@" not in city.put(here, profile_body(email="cartas@agua.example")).text
    assert "cartas@" not in city.get(here).text


def test_what_was_never_shown_and_never_proposed_counts_nothing(city: Person) -> None:
    number = new_profile(city)
    seen = city.get(f"/v1/profiles/{number}/visibility").json()
    assert (seen["is_shown"], seen["times"], seen["shown_for"]) == (True, 0, [])
    left = city.get(f"/v1/profiles/{number}/asks-left").json()
    assert (left["left"], left["next_at"]) == (left["limit"], None)


@pytest.mark.parametrize("part", PARTS)
def test_others_read_none_of_it(city: Person, supplier: Person, anyone: Person, part: str) -> None:
    here = f"/v1/profiles/{new_profile(city)}/{part}"
    assert (supplier.get(here).status_code, anyone.get(here).status_code) == (403, 401)
