"""The house keeps its own promises: map, settings, targets, and what never stands in the tree."""

import re
import subprocess
import tomllib
from pathlib import Path

from api.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_the_map_of_the_readme_names_every_package_and_no_other() -> None:
    mapped = set(re.findall(r"^\| `((?:matchmaker|indexer|api)(?:/\w+)?)/?` \|", README, flags=re.MULTILINE))
    packages = {str(Path(path).parent) for path in _tracked() if path.endswith("/__init__.py")}
    assert mapped == {name for name in packages if name.count("/") <= 1 and not name.startswith("tests")}


def test_the_settings_of_the_readme_are_those_of_the_code() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", README, flags=re.MULTILINE))
    assert named == {
        "DATABASE_URL" if name == "database_url" else f"MATCHMAKER_{name.upper()}" for name in Settings.model_fields
    }


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())  # type: ignore[index]
    explained = set(re.findall(r"^(\w+):.*## \S", makefile, flags=re.MULTILINE))
    assert phony - explained == set()


def test_long_suites_run_only_when_their_target_asks_for_them() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m 'not slow and not quality and not browser'" in options["addopts"]
    assert re.findall(r"-m pytest ?(.*)$", makefile, flags=re.MULTILINE) == [
        "$(SHARED)", "-m browser $(SHARED)", "-m quality -s --show-capture=no", "-m slow"
    ]  # fmt: skip


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|Not" + "ImplementedError")
    code = [
        path for path in _tracked() if path.startswith(("matchmaker/", "indexer/", "api/")) and path.endswith(".py")
    ]
    assert [path for path in code if marks.search((ROOT / path).read_text(encoding="utf-8"))] == []


def test_versions_are_pinned_without_naming_a_host() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.\-]+", line)] == []
