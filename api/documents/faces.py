"""The typefaces of our pages as files that a PDF takes in: fixed weights cut from the variable ones, once a process.

Kerning and ligatures are left out before the cut: the writer of PDF does not use them, and they take most of the time.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parents[1] / "assets" / "node_modules" / "@fontsource-variable"
SANS, SERIF, MORE = "sans", "serif", "more"
CUTS = {
    (SANS, ""): ("atkinson-hyperlegible-next", "latin", 400),
    (SANS, "B"): ("atkinson-hyperlegible-next", "latin", 700),
    (SERIF, ""): ("source-serif-4", "latin", 400),
    (MORE, ""): ("atkinson-hyperlegible-next", "latin-ext", 400),
    (MORE, "B"): ("atkinson-hyperlegible-next", "latin-ext", 700),
}
"""By family and style, the face, the part of the alphabet that the file holds, and the weight."""
UNUSED_TABLES = ("GPOS", "GSUB", "GDEF", "STAT", "HVAR", "MVAR")


@cache
def face_files() -> dict[tuple[str, str], Path]:
    """The file of each family and style."""
    folder = Path(tempfile.mkdtemp(prefix="matchmaker-faces-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {cut: _cut(folder, *cut) for cut in CUTS}


def _cut(folder: Path, family: str, style: str) -> Path:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    face, part, weight = CUTS[family, style]
    path = folder / f"{family}{style}.ttf"
    with TTFont(FONTS / face / "files" / f"{face}-{part}-wght-normal.woff2") as font:
        for table in UNUSED_TABLES:
            if table in font:
                del font[table]
        instantiateVariableFont(font, {"wght": weight}, inplace=True)
        font.flavor = None
        font.save(path)
    return path
