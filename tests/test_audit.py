"""The audit of dependencies: a known weakness fails it, a service that is not there does not and is said."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "audit.py"
SOUND: dict[str, Any] = {"name": "jinja2", "version": "3.1.6", "vulns": []}
WEAK = {"name": "jinja2", "version": "2.4", "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"]}]}
UNKNOWN = {"name": "torch", "skip_reason": "Dependency not found on PyPI and could not be audited: torch (2.13.0)"}


def audited(tmp_path: Path, *, found: object = None, complaint: str = "") -> tuple[int, str]:
    """Exit code and words of the script over a program that answers as pip-audit would."""
    said = tmp_path / "found.json"
    said.write_text("" if found is None else json.dumps({"dependencies": found, "fixes": []}), encoding="utf-8")
    program = "import sys; sys.stdout.write(open(sys.argv[1]).read()); sys.stderr.write(sys.argv[2])"
    command = [sys.executable, str(SCRIPT), sys.executable, "-c", program, str(said), complaint]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_known_weakness_fails_also_when_other_packages_are_unknown(tmp_path: Path) -> None:
    status, said = audited(tmp_path, found=[SOUND, WEAK, UNKNOWN])
    assert status == 1
    assert "jinja2 2.4 has PYSEC-2014-8; mended in 2.7.2" in said
    assert "2 of 3 packages were looked up" in said


def test_sound_packages_pass(tmp_path: Path) -> None:
    assert audited(tmp_path, found=[SOUND]) == (0, "audit: 1 of 1 packages were looked up\n")


@pytest.mark.parametrize(
    ("found", "complaint"),
    [([UNKNOWN], ""), (None, "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='pypi.org', port=443)")],
)
def test_a_service_that_is_not_there_is_said_and_fails_nothing(
    tmp_path: Path, found: list[dict[str, Any]] | None, complaint: str
) -> None:
    status, said = audited(tmp_path, found=found, complaint=complaint)
    assert status == 0
    assert "NOTHING WAS AUDITED" in said


def test_a_pip_audit_that_does_not_work_fails(tmp_path: Path) -> None:
    status, said = audited(tmp_path, complaint="usage: pip-audit [-h]\npip-audit: error: unknown option")
    assert status == 2
    assert "unknown option" in said
