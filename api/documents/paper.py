"""A page to be printed: typefaces, inks, margins, codes to scan. The one door to the library that writes PDF."""

from collections.abc import Sequence
from datetime import datetime

import segno
from fpdf import FPDF  # noqa: TID251 - this is the door
from fpdf.enums import MethodReturnValue, WrapMode, XPos, YPos  # noqa: TID251
from fpdf.fonts import TTFFont  # noqa: TID251

from api.documents.faces import MORE, SANS, face_files
from api.documents.words import Speech, printable

INK, MUTED, RULE, ACCENT = (28, 25, 23), (87, 83, 78), (214, 208, 200), (15, 92, 99)
A4 = (210.0, 297.0)
MARGIN = 18.0  # millimetres, as all lengths here
POINT = 0.3528  # millimetres
LEADING = 1.35
QUIET_MODULES = 4  # of white around a code (ISO/IEC 18004)

Color = tuple[int, int, int]


class Paper(FPDF):
    """Pages with our typefaces. Texts of others are made printable where they are written."""

    def __init__(self, title: str, speech: Speech, *, size: tuple[float, float] = A4, made_at: datetime) -> None:
        super().__init__(format=size)
        self.speech = speech
        self.set_title(printable(title))
        self.set_lang(str(speech.language))
        self.set_creator("matchmaker")
        self.set_creation_date(made_at)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        for (family, style), path in face_files().items():
            self.add_font(family, style, path)
        self.set_fallback_fonts([MORE], exact_match=False)
        self.ink(INK)

    def ink(self, color: Color) -> None:
        """Write in this colour from now on."""
        self.set_text_color(*color)

    def lines(
        self, text: str, *, points: float, bold: bool = False, family: str = SANS, color: Color = INK,
        width: float = 0.0, align: str = "L",
    ) -> None:  # fmt: skip
        """Write a text from here, as many lines as it takes; the pen comes back to the left edge where it began."""
        self.set_font(family, "B" if bold else "", points)
        self.ink(color)
        self.multi_cell(
            width, points * POINT * LEADING, printable(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT,
            wrapmode=WrapMode.WORD,
        )  # fmt: skip

    def height_of(self, text: str, *, points: float, bold: bool = False, family: str = SANS, width: float) -> float:
        """How tall that would be."""
        self.set_font(family, "B" if bold else "", points)
        found = self.multi_cell(
            width, points * POINT * LEADING, printable(text), align="L", dry_run=True, output=MethodReturnValue.HEIGHT
        )
        assert isinstance(found, float)  # noqa: S101 - what was asked for
        return found

    def fitted(
        self, text: str, *, sizes: Sequence[float], width: float, height: float, bold: bool = False
    ) -> tuple[float, str]:
        """The largest of these sizes at which a text fits, and the text; at the smallest it is cut at a word."""
        for points in sizes:
            if self._fits(text, points=points, width=width, height=height, bold=bold):
                return points, text
        words = printable(text).split(" ")
        while len(words) > 1 and not self._fits(f"{' '.join(words)} …", points=sizes[-1], width=width, height=height,
                                                bold=bold):  # fmt: skip
            words.pop()
        return sizes[-1], f"{' '.join(words)} …"

    def _fits(self, text: str, *, points: float, width: float, height: float, bold: bool) -> bool:
        """Whether a text fits without a word being broken."""
        self.set_font(SANS, "B" if bold else "", points)
        widest = max((self.get_string_width(word) for word in printable(text).split()), default=0.0)
        return widest <= width and self.height_of(text, points=points, bold=bold, width=width) <= height

    def rule(self, *, gap: float = 2.0) -> None:
        """A thin line across, with white above and below."""
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y() + gap, self.w - self.r_margin, self.get_y() + gap)
        self.set_y(self.get_y() + 2 * gap)

    def code(self, address: str, *, x: float, y: float, side: float) -> None:
        """A code to scan, drawn as lines, with its quiet border inside `side`."""
        rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
        module = side / (len(rows) + 2 * QUIET_MODULES)
        self.set_fill_color(255)
        self.rect(x, y, side, side, style="F")
        self.set_fill_color(0)
        for down, row in enumerate(rows):
            for across, length in _runs(row):
                left, top = x + (across + QUIET_MODULES) * module, y + (down + QUIET_MODULES) * module
                self.rect(left, top, length * module, module, style="F")

    def done(self) -> bytes:
        """The file; the typefaces are closed with it."""
        content = bytes(self.output())
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()
        return content


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Where dark modules begin and how many stand together: one shape for each, so that no printer leaves hairlines."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((place, 1))
    return runs
