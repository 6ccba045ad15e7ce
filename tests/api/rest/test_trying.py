"""A challenge that is tried: answered in full, and nothing of it kept."""

import sqlite3
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from api.wiring import Service
from tests.api.rest.callers import Person, drain, new_challenge, new_profile

RARE_WORD = "zarigüeyas"
DESCRIPTION = (
    f"Queremos encontrar las fugas que no se ven entre {RARE_WORD}. También nos falta dividir la red en sectores."
)
FRENCH = "Nous voulons trouver les fuites invisibles de notre réseau d'eau potable avant la saison sèche."
QUECHUA = "Llaqtaykupi yaku chinkan, mana rikukuq tuqukunata tariyta munayku, yanapaykuwayku."
GUARANI = "Ore táva y okañy hína, roheka mba'éichapa ojejuhukuaa umi kua ndojehecháiva."


def everything_kept(service: Service) -> dict[str, list[str]]:
    """Every row of every table, and the keys of every vector."""
    with service.database.reading() as session:
        tables = {
            name: sorted(str(row) for row in session.connection().execute(table.select()))
            for name, table in SQLModel.metadata.tables.items()
        }
    path = service.settings.var_directory / "index" / "embeddings.sqlite"
    with sqlite3.connect(path) as cache:
        tables["vectors"] = [row[0] for row in cache.execute("SELECT key FROM vector ORDER BY key")]
    return tables


def test_a_tried_text_is_answered_in_full(anyone: Person, city: Person, supplier: Person, service: Service) -> None:
    new_profile(supplier)
    posted = new_challenge(city, new_profile(city, name="Ciudad", kind="local_government"))
    drain(service)
    answer = anyone.post("/v1/try", {"description": DESCRIPTION})
    tried = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (tried["language"], tried["needs_are_suggested"], tried["warnings"]) == ("es", True, [])
    assert len(tried["needs"]) == 2
    assert {match["profile"]["id"] for match in tried["matches"]} == {1, 2}
    assert [peer["challenge"]["id"] for peer in tried["peers"]] == [posted]


def test_nothing_of_a_tried_text_is_kept(
    anyone: Person,
    city: Person,
    supplier: Person,
    service: Service,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    new_profile(supplier)
    new_challenge(city, new_profile(city, name="Ciudad"))
    drain(service)
    anyone.post("/v1/try", {"description": "Otro texto sobre el agua, para que las áreas ya tengan vector."})
    before = everything_kept(service)
    for who in (anyone, city):
        whole = {"title": RARE_WORD, "description": DESCRIPTION, "needs": [f"ahuyentar {RARE_WORD}"]}
        assert who.post("/v1/try", {"description": DESCRIPTION}).status_code == 200
        assert who.post("/v1/try", whole).status_code == 200
        assert who.post("/v1/try", whole | {"areas": [RARE_WORD]}).status_code == 422
        assert who.post("/v1/needs", {"text": DESCRIPTION}).status_code == 200
        assert who.post("/v1/areas", {"text": DESCRIPTION}).status_code == 200
    assert everything_kept(service) == before
    written = caplog.text + "".join(capfd.readouterr())
    assert RARE_WORD not in written
    assert not [path for path in _files(service) if RARE_WORD.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("description", "language", "code"),
    [
        (FRENCH, "fr", "language_outside"),
        (QUECHUA, "und", "language_not_known"),
        (GUARANI, "und", "language_not_known"),
    ],
)
def test_a_text_in_another_language_is_matched_with_a_warning(
    anyone: Person, supplier: Person, service: Service, description: str, language: str, code: str
) -> None:
    new_profile(supplier)
    drain(service)
    tried = anyone.post("/v1/try", {"description": description}).json()
    assert (tried["language"], [warning["code"] for warning in tried["warnings"]]) == (language, [code])
    assert [match["profile"]["id"] for match in tried["matches"]] == [1]


def test_a_warning_names_the_language_in_the_callers_words(anyone: Person) -> None:
    said = [
        anyone.post("/v1/needs", {"text": FRENCH}, Accept_Language=spoken).json()["warnings"][0]["detail"]
        for spoken in ("es", "pt", "en")
    ]
    assert [sentence.split(";")[0] for sentence in said] == [
        "El texto está en francés",
        "O texto está em francês",
        "The text is in French",
    ]


def test_a_text_is_split_into_its_needs(anyone: Person) -> None:
    split = anyone.post("/v1/needs", {"text": DESCRIPTION}).json()
    assert (split["language"], split["warnings"]) == ("es", [])
    assert all(need in DESCRIPTION for need in split["needs"])
    assert len(split["needs"]) == 2


def test_a_text_is_placed_among_the_areas(anyone: Person, service: Service) -> None:
    area = service.taxonomy.areas[0]
    placed = anyone.post("/v1/areas", {"text": f"{area.name['es']}. {area.description['es']}"}).json()
    assert placed["areas"][0]["area"] == area.code


def test_a_try_may_be_filtered(anyone: Person, supplier: Person, service: Service) -> None:
    new_profile(supplier)
    drain(service)
    assert len(anyone.post("/v1/try?kind=company", {"description": DESCRIPTION}).json()["matches"]) == 1
    assert anyone.post("/v1/try?kind=academic", {"description": DESCRIPTION}).json()["matches"] == []


def _files(service: Service) -> list[Path]:
    database = Path(service.settings.database_url.removeprefix("sqlite:///"))
    beside = list(database.parent.glob(f"{database.name}*"))
    return [*beside, *(path for path in service.settings.var_directory.rglob("*") if path.is_file())]
