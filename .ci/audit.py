# ruff: noqa: INP001 - a script, no package
"""Are weaknesses known of the pinned versions? Asks pip-audit, and says plainly when nobody could be asked.

Exit codes: 0 none known, or the advisory service could not be asked; 1 some are known; 2 pip-audit did not work.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"
PIP_AUDIT = (
    sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip",
    "--progress-spinner", "off", "--format", "json",
)  # fmt: skip
UNREACHABLE = ("requests.exceptions.", "ConnectionError", "ConnectTimeout")
"""What pip-audit's last words name when the advisory service does not answer at all."""
Package = Mapping[str, Any]


def main(command: Sequence[str]) -> int:
    """Run the audit and say what it found."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    status, sentences = verdict(done.stdout, done.stderr)
    sys.stdout.write("".join(f"audit: {sentence}\n" for sentence in sentences))
    return status


def verdict(found: str, complaint: str) -> tuple[int, list[str]]:
    """The exit code, and what to say."""
    try:
        packages: list[Package] = json.loads(found)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if any(name in complaint for name in UNREACHABLE):
            return 0, ["NOTHING WAS AUDITED: the advisory service cannot be reached from here"]
        return 2, ["pip-audit did not work:", *complaint.strip().splitlines()[-5:]]
    asked = [package for package in packages if "skip_reason" not in package]
    weak = [_told(package, weakness) for package in asked for weakness in package["vulns"]]
    return int(bool(weak)), [*weak, _coverage(len(asked), len(packages))]


def _coverage(asked: int, known: int) -> str:
    if not asked:
        return f"NOTHING WAS AUDITED: the advisory service knows none of {known} packages, or none is there"
    left = f"; the advisory service does not know the other {known - asked}" if asked < known else ""
    return f"{asked} of {known} packages were looked up{left}"


def _told(package: Package, weakness: Mapping[str, Any]) -> str:
    mended = ", ".join(weakness.get("fix_versions", ())) or "no version yet"
    return f"{package['name']} {package['version']} has {weakness['id']}; mended in {mended}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PIP_AUDIT))
