"""Texts as nobody should send them get a clear answer."""

import json
from collections.abc import Iterator

import pytest

from tests.api.rest.callers import Person, challenge_body, new_profile, profile_body

FRENCH = "Nous cherchons des fuites d'eau dans les petites villes, la nuit, sans ouvrir la rue."
QUECHUA = "Yakuta maskayku llaqtakunapi, tuta, mana ñanta kichaspa."
JSON = {"Content-Type": "application/json"}
TEXT_ADDRESSES = {"/v1/try": "description", "/v1/needs": "text", "/v1/areas": "text"}


@pytest.mark.parametrize(("address", "name"), TEXT_ADDRESSES.items())
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("agua\x00sucia", "nul_character"),
        ("agua \ud800 sucia", "lone_surrogate"),
        ("", "no_words"),
        (" \n\t ", "no_words"),
        ("¿?… 123 🚰", "no_words"),
        ("agua " * 4_001, "string_too_long"),
        (None, "string_type"),
        (7, "string_type"),
        (["agua"], "string_type"),
    ],
)
def test_a_text_that_cannot_be_used_is_told_why(
    anyone: Person, address: str, name: str, text: object, code: str
) -> None:
    refused = anyone.client.post(address, content=json.dumps({name: text}), headers=JSON)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(f"#/{name}", code)]


@pytest.mark.parametrize("name", ["kind", "name", "language", "summary", "website", "email"])
@pytest.mark.parametrize(("text", "code"), [("a\x00", "nul_character"), ("a\udfff", "lone_surrogate")])
def test_every_field_of_a_profile_refuses_what_cannot_be_stored(
    supplier: Person, name: str, text: str, code: str
) -> None:
    body = json.dumps(profile_body() | {name: text})
    refused = supplier.client.post("/v1/profiles", content=body, headers=JSON | _token(supplier))
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(f"#/{name}", code)]


@pytest.mark.parametrize("name", ["budget_band", "starts_on", "procurement", "areas", "needs", "place", "owner_id"])
def test_half_a_character_where_no_text_belongs_is_refused(city: Person, name: str) -> None:
    for value in ("\ud800", ["\ud800"], {"name": "\ud800"}, {"\ud800": 1}):
        body = json.dumps(challenge_body(1) | {name: value})
        assert city.client.post("/v1/challenges", content=body, headers=JSON | _token(city)).status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"nonsense",
        b'{"description": "\xff\xfe"}',
        b"[" * 50_000,
        b'{"description": ' + b"9" * 5_000 + b"}",
        b"\x00",
    ],
)
def test_what_is_not_json_is_told(anyone: Person, content: bytes) -> None:
    refused = anyone.client.post("/v1/try", content=content, headers=JSON)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("content", [b"[]", b"null", b'"agua"', b"7", b"NaN"])
def test_json_that_is_no_object_is_told(anyone: Person, content: bytes) -> None:
    refused = anyone.client.post("/v1/try", content=content, headers=JSON)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#")


def test_nothing_at_all_is_told_what_is_missing(anyone: Person) -> None:
    for headers in ({}, JSON):
        refused = anyone.client.post("/v1/try", headers=headers)
        assert refused.status_code == 422
        assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("#", "missing")]


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_another_format_is_told(anyone: Person, media: str) -> None:
    refused = anyone.client.post("/v1/try", content=b'{"description": "agua"}', headers={"Content-Type": media})
    assert (refused.status_code, refused.json()["code"]) == (415, "media_type")


def test_a_megabyte_is_too_large_announced_or_not(anyone: Person, supplier: Person) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(1_000):
            yield b" " * 1_000

    whole = b'{"description": "' + b"agua " * 200_000 + b'"}'
    for content in (whole, chunks()):
        refused = anyone.client.post("/v1/try", content=content, headers=JSON)
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    refused = supplier.client.post("/v1/profiles", content=whole, headers=JSON | _token(supplier))
    assert refused.status_code == 413


def test_the_longest_text_is_taken(anyone: Person) -> None:
    assert anyone.post("/v1/needs", {"text": "agua " * 4_000}).status_code == 200


@pytest.mark.parametrize(("text", "codes"), [(FRENCH, ["language_outside"]), (QUECHUA, ["language_not_known"])])
def test_a_text_in_another_language_is_kept_with_a_warning(
    anyone: Person, supplier: Person, text: str, codes: list[str]
) -> None:
    body = {"kind": "company", "name": "Fuites", "summary": text}
    saved = supplier.post("/v1/profiles", body).json()
    assert (saved["summary"], [warning["code"] for warning in saved["warnings"]]) == (text, codes)
    assert anyone.get(f"/v1/profiles/{saved['id']}").json() == saved
    posted = supplier.post("/v1/challenges", {"owner_id": saved["id"], "title": "Eau", "description": text}).json()
    assert (posted["description"], [warning["code"] for warning in posted["warnings"]]) == (text, codes)


def test_a_language_that_the_author_names_is_believed(supplier: Person) -> None:
    saved = supplier.post("/v1/profiles", profile_body(language="gn")).json()
    assert [warning["values"] for warning in saved["warnings"]] == [{"language": "gn"}]


def test_texts_of_any_script_come_back_as_they_were(anyone: Person, supplier: Person) -> None:
    summary = "Ñandú 🦜 水 ማዕከል \u202eabc\u202c e\u0301"
    number = new_profile(supplier, summary=summary)
    assert anyone.get(f"/v1/profiles/{number}").json()["summary"] == summary.replace("e\u0301", "é")


def _token(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}"}


def test_half_a_character_in_the_name_of_a_field_is_refused(anyone: Person) -> None:
    refused = anyone.client.post("/v1/needs", content=json.dumps({"text": "agua", "\ud800": 1}), headers=JSON)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("#", "lone_surrogate")]
