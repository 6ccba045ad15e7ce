"""Plots: every bar with its words and its number, in every language."""

import pytest

from api.documents.plots import LABEL_CHARACTERS, drawn, plot_of
from api.documents.report import CODED
from api.documents.words import Speech
from matchmaker.events.models import Presence, Source
from matchmaker.events.reporting import Acceptance
from matchmaker.introductions.models import Outcome
from matchmaker.introductions.rules import Meeting
from matchmaker.languages import WorkingLanguage
from matchmaker.places.sizes import SizeBand
from tests.api.web.reading import read_html

HOSTILE = '<script>alert("1")</script> & más'
CODES = {"sizes": SizeBand, "sources": Source, "acceptance": Acceptance, "presence": Presence, "met": Meeting,
         "outcomes": Outcome}  # fmt: skip


def test_a_plot_says_each_label_and_number_and_draws_them_to_scale() -> None:
    plot = plot_of("areas", "Reuniones por área", [("Agua", 1200), (HOSTILE, 300), ("x" * 90, 0)])
    picture = read_html(drawn(plot, language="es", is_alone=True)).one("svg")
    said = [each.text for each in picture.all("text")]
    assert said == ["Reuniones por área", "Agua", "1.200", HOSTILE, "300", "x" * (LABEL_CHARACTERS - 1) + "…", "0"]
    widths = [float(each["width"]) for each in picture.all("rect", having=lambda rect: not rect.classes)]
    assert (widths[1] / widths[0], widths[2]) == (0.25, 0.0)
    assert picture["aria-label"].startswith("Reuniones por área. Agua: 1.200; ")
    assert [bar.share for bar in plot.bars] == [0.8, 0.2, 0.0]


def test_a_plot_without_counts_is_an_empty_picture() -> None:
    assert read_html(drawn(plot_of("met", "Si se reunieron", []), language="es")).all("text") == []


@pytest.mark.parametrize("language", list(WorkingLanguage))
def test_every_code_has_words_in_every_language(language: WorkingLanguage) -> None:
    speech = Speech(language, "UTC")
    assert set(CODES) == set(CODED)
    keys = [f"report.{plot}.{code}" for plot, codes in CODES.items() for code in codes]
    assert [key for key in keys if speech.say(key) == key] == []
