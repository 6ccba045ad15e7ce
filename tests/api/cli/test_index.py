"""The index: brought up to date, made anew, compared."""

import json

import pytest
from filelock import FileLock

from api.wiring import Service
from tests.api.cli.conftest import Run


@pytest.mark.usefixtures("filled")
def test_what_waits_is_taken_in_once(run: Run) -> None:
    first, second = (json.loads(run("index", "sync", "--json").stdout) for _ in range(2))

    assert first["messages"] == 3
    assert second == {"messages": 0, "generation": first["generation"]}


@pytest.mark.usefixtures("filled")
def test_check_tells_what_disagrees_and_exits_with_1(run: Run) -> None:
    result = run("index", "check", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "agrees": False, "model_agrees": True, "missing": [["profile", 1], ["profile", 2], ["challenge", 1]],
        "stale": [], "surplus": [], "waiting": 3,
    }  # fmt: skip


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("language", "said"), [("es", "no coinciden"), ("pt", "não coincidem"), ("en", "disagree")])
def test_check_speaks_the_language_of_the_operator(run: Run, language: str, said: str) -> None:
    result = run("index", "check", "--lang", language)

    assert result.exit_code == 1
    assert said in result.stdout


@pytest.mark.usefixtures("filled")
def test_after_a_rebuild_index_and_database_agree(run: Run) -> None:
    assert run("index", "rebuild").exit_code == 0

    result = run("index", "check")

    assert result.exit_code == 0
    assert "agree" in result.stdout


def test_a_locked_index_is_told_after_the_wait(run: Run, filled: Service) -> None:
    with FileLock(filled.settings.var_directory / "index" / "writer.lock"):
        result = run("index", "sync", "--wait", "0.1")

    assert result.exit_code == 3
    assert "--wait" in result.stderr


@pytest.mark.usefixtures("filled")
def test_stages_are_told_in_lines_where_nobody_watches(run: Run) -> None:
    result = run("index", "rebuild", "--lang", "es")

    assert "Índice: leyendo perfiles: 2/2" in result.stderr
    assert "Índice: calculando vectores de pasajes" in result.stderr


@pytest.mark.parametrize(("language", "said"), [("es", "otro modelo"), ("pt", "outro modelo"), ("en", "Another model")])
def test_until_the_index_of_a_new_model_is_there_every_search_says_so_and_what_to_do(
    run: Run, filled: Service, language: str, said: str
) -> None:
    filled.synchroniser.drain()
    path = next((filled.settings.var_directory / "index").glob("*/manifest.json"))
    path.write_text(path.read_text(encoding="utf-8").replace("fake-1", "fake-0"), encoding="utf-8")

    for command in (("match", "fugas"), ("match", "--challenge", 1), ("opportunities", 1)):
        result = run(*command, "--lang", language)
        assert (result.exit_code, result.stdout) == (3, "")
        assert said in result.stderr
        assert "matchmaker index" in result.stderr
    check = run("index", "check", "--lang", language)
    assert check.exit_code == 1
    assert said in check.stdout
    assert run("index", "sync").exit_code == 0
    assert run("opportunities", 1, "--lang", language).exit_code == 0
