"""Releases in OCDS 1.1, one at a time: release packages, record packages, lists, and JSON Lines of releases."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from matchmaker.exchange.json_lines_reader import open_json_lines
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Format, Opened, Readable, Row

PREFIXES = {"releases": "releases.item", "records": "records.item", "list": "item"}
PACKAGE_URI = "package_uri"  # written into each release that is read


def shape_of(file: BinaryIO) -> str:
    """`releases`, `records`, `list` or `lines` for OCDS; `""` for JSON that is not. Raises nothing.

    Reads up to the key that tells; a package states its releases after a few lines of its own.
    """
    _rewind(file)
    try:
        for prefix, event, value in ijson.parse(file, multiple_values=True):
            if event == "map_key" and prefix == "" and value in ("releases", "records"):
                return str(value)
            if event == "map_key" and value == "ocid" and prefix in ("", "item"):
                return "list" if prefix else "lines"
            if event == "end_map" and prefix in ("", "item"):
                return ""
    except (ijson.JSONError, UnicodeDecodeError):
        pass
    return ""


def open_ocds(file: BinaryIO, path: Path, *, shape: str) -> Opened:
    """Give each release as a row whose line is its place in the package, from 1."""
    rows = _of_lines(open_json_lines(file, path).rows) if shape == "lines" else _of_package(file, shape=shape)
    return Opened(Format.OCDS, headers=(), rows=rows, size=path.stat().st_size, position=file.tell)


def _of_package(file: BinaryIO, *, shape: str) -> Readable:
    uri = "" if shape == "list" else _package_uri(file)
    _rewind(file)
    number = 0
    try:
        for item in ijson.items(file, PREFIXES[shape], use_float=True):
            for release in _releases(item, shape=shape):
                number += 1
                yield _row(release, line=number, uri=uri)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        yield Problem(number + 1, "", shown(error), "file_broken")


def _of_lines(lines: Readable) -> Readable:
    for item in lines:
        yield _row(item.values, line=item.line, uri="") if isinstance(item, Row) else item


def _rewind(file: BinaryIO) -> None:
    """Go to the beginning, past a byte order mark."""
    file.seek(0)
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)


def _row(release: object, *, line: int, uri: str) -> Row | Problem:
    if not isinstance(release, dict):
        return Problem(line, "", shown(release), "not_an_object", "{…}")
    if not isinstance(release.get("ocid"), str) or not release["ocid"].strip():
        return Problem(line, "ocid", shown(release.get("ocid", "")), "missing", "ocds-…")
    return Row(line, {**release, PACKAGE_URI: uri})


def _releases(item: Any, *, shape: str) -> Iterator[object]:
    """A record stands for its compiled release, else for the releases that it holds whole."""
    if shape != "records" or not isinstance(item, dict):
        yield item
    elif isinstance(item.get("compiledRelease"), dict):
        yield {"ocid": item.get("ocid"), **item["compiledRelease"]}
    else:
        held = item.get("releases")
        yield from (release for release in (held if isinstance(held, list) else []) if "url" not in release)


def _package_uri(file: BinaryIO) -> str:
    """The package's own address, when it is stated before the releases."""
    _rewind(file)
    try:
        for prefix, event, value in ijson.parse(file):
            if event == "string" and prefix == "uri":
                return str(value)
            if event == "map_key" and prefix == "" and value in ("releases", "records"):
                return ""
    except (ijson.JSONError, UnicodeDecodeError):
        pass
    return ""
