"""`matchmaker agenda`: files in, files out, exit codes, errors that name the culprit."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from api.cli.entry import make_app
from matchmaker.events.agenda.reading import plain_instance
from tests.agenda_instances import event as congress


def event() -> dict[str, Any]:
    """Three people, two meetings, one table."""
    people = [
        {"id": name, "available": ["s1", "s2"], "max_meetings": 2, "min_meetings": 1, "max_in_row": None,
         "breaks": [], "zone": None}
        for name in ("c1", "c2", "p1")
    ]  # fmt: skip
    return {
        "days": [["s1", "s2"]],
        "tables": [{"id": "t1", "zone": None}],
        "participants": people,
        "meetings": [
            {"id": "m1", "members": ["c1", "p1"], "fit": 0.9, "pinned": False, "slot": None},
            {"id": "m2", "members": ["c2", "p1"], "fit": 0.8, "pinned": True, "slot": "s2"},
        ],
        "forbidden": [],
    }


def run(*arguments: object) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as ended:
        make_app()(["--lang", "en", "agenda", *map(str, arguments)])
    return int(ended.value.code or 0)


def written(folder: Path, document: object, name: str = "event.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_an_event_is_solved_verified_and_made_anew(tmp_path: Path) -> None:
    path, out, again = written(tmp_path, event()), tmp_path / "out.json", tmp_path / "again.json"
    assert run("solve", path, "--out", out) == 0
    made = json.loads(out.read_text(encoding="utf-8"))
    assert {placed["id"]: (placed["slot"], placed["table"]) for placed in made["placed"]} == {
        "m1": ("s1", "t1"), "m2": ("s2", "t1")
    }  # fmt: skip
    assert made["fit"] == pytest.approx(1.7)
    is_of_the_form(made)
    assert run("verify", path, out) == 0
    assert run("reoptimise", path, out, "--mode", "frozen", "--out", again) == 0
    anew = json.loads(again.read_text(encoding="utf-8"))
    is_of_the_form(anew, "diff")
    assert {name: sorted(ids) for name, ids in anew["diff"].items()} == {
        "kept": ["m1", "m2"], "moved": [], "dropped": [], "added": []
    }  # fmt: skip


def is_of_the_form(made: dict[str, Any], *more: str) -> None:
    """SCHEDULE of README, field by field, and nothing else."""
    assert list(made) == ["placed", "unplaced", "fit", "objective", "bound", "shortfalls", *more]
    rows = {"placed": {"id": str, "slot": str, "table": str}, "unplaced": {"id": str, "reason": str},
            "shortfalls": {"participant": str, "missing": int}}  # fmt: skip
    for part, fields in rows.items():
        assert all({name: type(value) for name, value in row.items()} == fields for row in made[part])
    assert {type(made[name]) for name in ("fit", "objective", "bound")} == {float}
    assert all(type(name) is str for part in made.get("diff", {}).values() for name in part)


def test_what_has_no_place_and_who_lacks_meetings_is_told(tmp_path: Path) -> None:
    tight = event()
    tight["meetings"][1]["pinned"], tight["meetings"][1]["slot"] = False, None
    tight["participants"][2]["max_meetings"] = 1
    path, out = written(tmp_path, tight), tmp_path / "out.json"
    assert run("solve", path, "--out", out, "--seed", 5) == 0
    made = json.loads(out.read_text(encoding="utf-8"))
    is_of_the_form(made)
    assert made["unplaced"] == [{"id": "m2", "reason": "time_taken"}]
    assert made["shortfalls"] == [{"participant": "c2", "missing": 1}]
    assert made["objective"] == pytest.approx(0.9 - 10)
    assert made["bound"] >= made["objective"]


def test_only_what_may_be_left_out_may_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part, needed in (("tables", {"id"}), ("meetings", {"id", "members", "fit"}),
                         ("participants", {"id", "available", "max_meetings", "min_meetings"})):  # fmt: skip
        for name in event()[part][0]:
            short = event()
            del short[part][0][name]
            expected = 2 if name in needed else 0
            assert run("solve", written(tmp_path, short), "--out", tmp_path / "out.json") == expected
            assert not expected or f"“{name}”" in capsys.readouterr().err


def test_a_broken_schedule_is_told_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = written(tmp_path, event()), tmp_path / "out.json"
    run("solve", path, "--out", out)
    made = json.loads(out.read_text(encoding="utf-8"))
    made["placed"][0]["slot"] = made["placed"][1]["slot"]
    capsys.readouterr()
    assert run("verify", path, written(tmp_path, made, "broken.json")) == 1
    codes = {violation["code"] for violation in json.loads(capsys.readouterr().out)["violations"]}
    assert {"two_at_once", "table_twice"} <= codes


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"days": 3}, "days: a list is expected"),
        ({"tables": [{"id": "t1"}, {"id": "t1"}]}, "“t1” is there twice"),
        ({"forbidden": [["c1", "nobody"]]}, "there is no “nobody”"),
        ({"meetings": [{"id": "m1", "members": ["c1", "p1"], "fit": 1.5}]}, "a fit is from 0 to 1"),
        ({"meetings": [{"id": "m1", "members": ["c1"], "fit": 0.5}]}, "2 to 5 members"),
        ({"seats": []}, "there is no field “seats”"),
    ],
)
def test_bad_input_ends_with_two_and_names_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], told: str
) -> None:
    path = written(tmp_path, {**event(), **change})
    assert run("solve", path, "--out", tmp_path / "out.json") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_pins_that_cannot_be_end_with_three_and_name_the_culprit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {**event(), "forbidden": [["p1", "c2"]]})
    assert run("solve", path, "--out", tmp_path / "out.json") == 3
    assert "Meeting m2 is pinned, but p1 and c2 never meet" in capsys.readouterr().err


def test_a_search_cut_short_ends_with_nothing_wrong(tmp_path: Path) -> None:
    """Several times: a solver's call that is given up goes on while the process ends."""
    path, out = written(tmp_path, plain_instance(congress("L"))), tmp_path / "out.json"
    program = "from api.cli import main; main()"
    for _ in range(4):
        command = [sys.executable, "-c", program, "agenda", "solve", str(path), "--out", str(out), "--seconds", "0.1"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (ended.returncode, "terminate" in ended.stderr) == (0, False)
        assert json.loads(out.read_text(encoding="utf-8"))["placed"]
