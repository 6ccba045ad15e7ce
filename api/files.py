"""Files that pages need: our own, and those that npm puts into `assets/node_modules` by the lock file beside it.

One style sheet is made of two: the component library stands in a cascade layer, so that every rule of ours comes after
it. Each address has a digest of the content, so that a browser may keep the file for ever.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
STATIC, PACKAGES = HERE / "static", HERE / "assets" / "node_modules"
DIGEST_CHARACTERS = 12  # of a file in its address
STYLE = "style.css"
LIBRARY = "@picocss/pico/css/pico.min.css"
FONTS = {
    f"{name}-{subset}.woff2": f"@fontsource-variable/{package}/files/{package}-{subset}-wght-normal.woff2"
    for name, package in (("sans", "atkinson-hyperlegible-next"), ("serif", "source-serif-4"))
    for subset in ("latin", "latin-ext")
}
FILES = {
    "icon.svg": STATIC / "icon.svg",
    "page.js": STATIC / "page.js",
    "agenda.js": STATIC / "agenda.js",
    "agenda-worker.js": STATIC / "agenda-worker.js",
    "htmx.js": PACKAGES / "htmx.org/dist/htmx.min.js",
    **{name: PACKAGES / path for name, path in FONTS.items()},
}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PACKED = frozenset({".woff2"})  # already compressed
_CHARSET = '@charset "UTF-8";'
_LINK = re.compile(r"url\(([a-z-]+\.woff2)\)")


class AssetsMissingError(RuntimeError):
    """The packages of pages are not installed: `make install` does it."""


@dataclass(frozen=True)
class File:
    """A file as it is sent. `packed`: compressed, where that is worth it."""

    content: bytes
    packed: bytes
    media_type: str

    @property
    def digest(self) -> str:
        """By which its address changes."""
        return hashlib.blake2b(self.content).hexdigest()[:DIGEST_CHARACTERS]


@cache
def file_of(name: str) -> File | None:
    """A file by its name in addresses; nothing for every other name. Raises AssetsMissingError."""
    if name != STYLE and name not in FILES:
        return None
    content = _style() if name == STYLE else _read(FILES[name])
    ending = Path(name).suffix
    return File(content, b"" if ending in PACKED else gzip.compress(content, mtime=0), TYPES[ending])


def address_of(name: str) -> str:
    """Where a browser finds a file."""
    found = file_of(name)
    return f"/static/{name}?v={found.digest if found else ''}"


def _style() -> bytes:
    library = _read(PACKAGES / LIBRARY).decode().removeprefix("\ufeff").removeprefix(_CHARSET)
    own = _LINK.sub(lambda found: f"url({address_of(found[1])})", _read(STATIC / STYLE).decode())
    return f"@layer library{{{library}}}\n{own}".encode()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise AssetsMissingError(f"{path.name} is missing: run `make install`") from error
