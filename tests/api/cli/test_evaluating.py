"""Judged sets measured, runs written, measurements shown."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from api.cli.benching import show, verdict
from api.cli.faults import ExitCode
from api.cli.trec_run import run_lines, write_run
from api.saying import Say
from api.wiring import Measurement
from matchmaker.errors import InvalidInputError
from matchmaker.languages import WorkingLanguage
from tests.api.cli.conftest import Run

MEASURES = {"queries", "ndcg@10", "recall@10", "recall@100", "mrr@10"}


def test_figures_as_json_stand_by_system_and_row(run: Run, judged_set: Path) -> None:
    told = json.loads(run("evaluate", judged_set, "--json").stdout)["sets"][0]

    assert (told["name"], told["documents"], told["queries"], told["top"], told["run"]) == ("tiny", 3, 2, 100, None)
    assert set(told["figures"]) == set(told["cross_language_share"]) == {"matchmaker", "bm25", "cosine"}
    assert {"all", "es", "en", "es→en"} <= set(told["figures"]["matchmaker"])
    assert set(told["figures"]["bm25"]["all"]) == MEASURES


@pytest.mark.parametrize(
    ("language", "said"), [("es", "coseno solo"), ("pt", "cosseno sozinho"), ("en", "cosine alone")]
)
def test_a_table_shows_three_systems_in_words(run: Run, judged_set: Path, language: str, said: str) -> None:
    result = run("evaluate", judged_set, "--lang", language)

    assert result.exit_code == 0
    assert said in result.stdout
    assert "nDCG@10" in result.stdout
    assert "es→en" in result.stdout


def test_a_run_holds_the_documents_of_each_query_up_to_the_top(run: Run, judged_set: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.run"

    assert run("evaluate", judged_set, "--run", path, "--top", 2).exit_code == 0

    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(row) == 6 and row[1] == "Q0" and row[5] == "matchmaker" for row in rows)
    for query in ("q1", "q2"):
        own = [row for row in rows if row[0] == query]
        assert [row[3] for row in own] == ["1", "2"]
        assert all(np.float32(first[4]) > np.float32(second[4]) for first, second in pairwise(own))


def test_runs_of_several_sets_go_to_files_of_their_own(run: Run, judged_set: Path, tmp_path: Path) -> None:
    other = judged_set.rename(tmp_path / "other")
    (tmp_path / "tiny").mkdir()
    for name in ("corpus.jsonl", "queries.jsonl"):
        (tmp_path / "tiny" / name).write_bytes((other / name).read_bytes())

    result = run("evaluate", other, tmp_path / "tiny", "--run", tmp_path / "out.run")

    assert result.exit_code == 0
    assert {path.name for path in tmp_path.glob("*.run")} == {"out-other.run", "out-tiny.run"}
    assert "no judgements" in result.stdout


TWICE = '{"_id": "d1", "text": "agua", "language": "es"}\n' * 2


@pytest.mark.parametrize(
    ("name", "content", "language", "said"),
    [
        ("corpus.jsonl", b"nonsense\n", "en", "corpus.jsonl, line 1, takes a JSON object"),
        ("corpus.jsonl", b"nonsense\n", "es", "corpus.jsonl, línea 1, va un objeto JSON"),
        ("corpus.jsonl", TWICE.encode(), "es", "línea 2, el _id d1 aparece por segunda vez"),
        ("corpus.jsonl", "agua limpia ñ".encode("latin-1"), "pt", "não está em UTF-8"),
        ("queries.jsonl", b"", "pt", "queries.jsonl está vazio"),
        ("qrels/test.tsv", b"a\tb\tc\nq1\td1\tmuch\n", "pt", "test.tsv, linha 2, vão uma consulta"),
    ],
)
def test_a_set_that_cannot_be_read_exits_with_2(
    run: Run, judged_set: Path, name: str, content: bytes, language: str, said: str
) -> None:
    (judged_set / name).write_bytes(content)

    result = run("evaluate", judged_set, "--lang", language)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_set_that_is_not_there_exits_with_2(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", tmp_path / "nothing", "--lang", "pt")

    assert result.exit_code == 2
    assert "corpus.jsonl" in result.stderr
    assert result.stderr.count("conjunto julgado") == 1


def test_scores_fall_also_as_they_are_printed() -> None:
    first = np.float32(0.734)
    scores = {"a": 0.734, "b": float(np.nextafter(first, np.float32(0)))}

    printed = [line.split()[4] for line in run_lines({"q": scores})]

    assert np.float32(printed[0]) > np.float32(printed[1])


def test_an_id_with_a_space_cannot_stand_in_a_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="run_identifier"):
        write_run(tmp_path / "out.run", {"q 1": {"d": 1.0}})


def test_a_ratio_above_its_limit_exits_with_1() -> None:
    kept = Measurement("a", 1.0, "b", 2.0, 0.5, limit=0.6, values={})
    slow = Measurement("a", 2.0, "b", 2.0, 1.0, limit=0.6, values={})
    free = Measurement("a", 9.0, "b", 2.0, 4.5, limit=None, values={})

    assert verdict([kept, free]) is ExitCode.DONE
    assert verdict([kept, slow]) is ExitCode.NOT_ALL


def test_rows_for_the_readme_are_cells_to_be_copied(run: Run, judged_set: Path) -> None:
    told = run("evaluate", judged_set, "--markdown").stdout.splitlines()
    figures = json.loads(run("evaluate", judged_set, "--json").stdout)["sets"][0]["figures"]

    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    cells = [cell.strip() for cell in told[2].strip("|").split("|")]
    ours = {language: f"{figures['matchmaker'][language]['ndcg@10']:.3f}" for language in ("all", "en", "es")}
    assert told[0] in readme.splitlines()
    assert len(told) == 3
    assert cells[:3] == ["`tiny`", "2 × 3", f"**{ours['all']}** (en {ours['en']}, es {ours['es']})"]
    assert cells[3:7] == [
        f"{figures[system]['all'][measure]:.3f}"
        for system, measure in (
            ("bm25", "ndcg@10"), ("cosine", "ndcg@10"), ("matchmaker", "recall@100"), ("matchmaker", "mrr@10")
        )
    ]  # fmt: skip
    assert cells[7].startswith("es ")


def test_measurements_are_told_in_the_operators_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = Measurement("match", 1.0, "encode_needs", 2.0, 0.5, limit=1.3, values={"passages": 20_100, "share": 0.07})

    for language, said in (("es", "codificar solo"), ("pt", "codificar só"), ("en", "encoding the")):
        show(Say(WorkingLanguage(language)), [found])
        told = " ".join(capsys.readouterr().out.split())
        assert said in told
        assert "20100" in told
        assert "7%" in told
