"""Texts tried, challenges matched, opportunities."""

import json
from pathlib import Path

import pytest

from api.rest.reasons import MatchesShape, OpportunitiesShape
from api.wiring import Service
from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.queries import count_challenges
from tests.api.cli.conftest import Run

TEXT = "Queremos encontrar las fugas que no se ven."


@pytest.fixture
def indexed(run: Run, filled: Service) -> Service:
    assert run("index", "sync").exit_code == 0
    return filled


@pytest.mark.usefixtures("indexed")
def test_a_text_is_answered_with_the_sentence_that_answers_it(run: Run) -> None:
    result = run("match", TEXT, "--place", "Sogamoso, CO", "--lang", "es")

    assert result.exit_code == 0
    assert "1. Fugas y Caudales ·" in result.stdout
    assert "“Encontramos fugas que no se ven y marcamos dónde excavar.” (es, de lo que ofrece)" in result.stdout
    assert "Colombia" in result.stdout


@pytest.mark.usefixtures("indexed")
def test_matches_as_json_are_those_of_the_api(run: Run) -> None:
    found = MatchesShape.model_validate_json(run("match", TEXT, "--language", "es", "--json").stdout)

    assert found.language == "es"
    assert found.needs == ["encontrar las fugas que no se ven"]
    assert found.matches[0].profile.name == "Fugas y Caudales"


@pytest.mark.usefixtures("indexed")
def test_a_text_comes_from_standard_input_and_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "challenge.txt"
    path.write_text(TEXT, encoding="utf-8")

    typed, read = run("match", "-", "--json", typed=TEXT), run("match", f"@{path}", "--json")

    assert typed.exit_code == 0
    assert json.loads(typed.stdout) == json.loads(read.stdout)


def test_a_tried_text_is_not_stored(run: Run, indexed: Service) -> None:
    run("match", TEXT)

    with indexed.database.reading() as session:
        assert count_challenges(session, acting=OPERATOR) == 1
    assert run("index", "check").exit_code == 0


@pytest.mark.usefixtures("indexed")
def test_a_stored_challenge_is_matched_without_its_owner(run: Run) -> None:
    found = MatchesShape.model_validate_json(run("match", "--challenge", 1, "--json").stdout)

    assert [match.profile.name for match in found.matches] == ["Fugas y Caudales"]


@pytest.mark.usefixtures("indexed")
def test_filters_narrow(run: Run) -> None:
    assert json.loads(run("match", TEXT, "--kind", "academic", "--json").stdout)["matches"] == []
    assert len(json.loads(run("match", TEXT, "--country", "co", "--top", "1", "--json").stdout)["matches"]) == 1
    assert json.loads(run("match", TEXT, "--place", "BR", "--delivering", "--json").stdout)["matches"] == []


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--challenge ID"),
        ((TEXT, "--challenge", "1"), "--challenge ID"),
        (("--challenge", "99"), "99"),
        ((TEXT, "--kind", "spaceship"), "company"),
        ((TEXT, "--country", "Colombia"), "ISO 3166-1"),
        ((TEXT, "--place", "Nowhere, CO"), "Nowhere"),
        ((TEXT, "--place", "San Carlos, CL"), "San Carlos"),
        (("…",), "description"),
        (("x" * 20_001,), "description"),
        (("@/nowhere/at/all",), "/nowhere/at/all"),
    ],
)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_what_cannot_be_matched_is_told_and_exits_with_2(
    run: Run, arguments: tuple[str, ...], said: str, language: str
) -> None:
    result = run("match", *arguments, "--lang", language)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("filled")
def test_an_index_that_is_behind_is_told(run: Run) -> None:
    assert "matchmaker index sync" in run("match", TEXT).stderr


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(("language", "said"), [("es", "Nadie"), ("pt", "Ninguém"), ("en", "Nobody")])
def test_nobody_is_said_in_words(run: Run, language: str, said: str) -> None:
    result = run("match", TEXT, "--kind", "academic", "--lang", language)

    assert result.exit_code == 0
    assert said in result.stdout


@pytest.mark.usefixtures("indexed")
def test_opportunities_of_a_profile_are_open_challenges(run: Run) -> None:
    found = OpportunitiesShape.model_validate_json(run("opportunities", 1, "--json").stdout)

    assert [(one.challenge.id, one.challenge.title) for one in found.opportunities] == [
        (1, "La mitad del agua se pierde")
    ]
    assert "1. La mitad del agua se pierde ·" in run("opportunities", 1, "--lang", "pt").stdout


@pytest.mark.usefixtures("indexed")
def test_opportunities_of_an_unknown_profile_are_refused(run: Run) -> None:
    result = run("opportunities", 77, LANG="pt_BR.UTF-8")

    assert result.exit_code == 2
    assert "77" in result.stderr
