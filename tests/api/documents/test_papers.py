"""Printed things, read back by another library: every word is there, names fit, codes can be scanned."""

import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from pypdf import PdfReader

from api.documents.agenda import agenda_pdf
from api.documents.badges import ACROSS, DOWN, badges_pdf
from api.documents.faces import SANS
from api.documents.paper import QUIET_MODULES, Paper
from api.documents.signs import signs_pdf
from api.documents.words import Speech
from matchmaker.languages import WorkingLanguage
from tests.api.documents.scenes import GATHERING, HOSTILE, MADE_AT, NAMES, agenda, badges, meeting, sign

SPANISH = WorkingLanguage.ES


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_an_agenda_says_each_meeting_with_time_table_and_people_and_then_why() -> None:
    made = agenda()
    read = pages(agenda_pdf(made, made_at=MADE_AT))
    whole = " ".join(read)
    for name in NAMES:
        assert name in whole
    assert "Ana Inés Peñalosa Güiraldes · Alcaldía de Sogamoso" in read[0]
    assert "Miércoles, 12 de mayo de 2027" in read[0]
    assert "09:00–09:20" in read[0]
    assert "Mesa 14" in whole
    assert whole.count("Encontramos vazamentos invisíveis à noite") == 14
    assert "Una coincidencia no es preferencia ni adjudicación." in read[-1]
    assert read[0].endswith(f"1 de {len(read)}")


def test_a_page_that_goes_on_says_the_day_again() -> None:
    meetings = tuple(meeting(n, start=meeting(0).start, end=meeting(0).end) for n in range(30))
    read = pages(agenda_pdf(agenda(meetings=meetings), made_at=MADE_AT))
    assert "Miércoles, 12 de mayo de 2027" in read[0]
    assert read[1].startswith("Miércoles, 12 de mayo de 2027")


@pytest.mark.parametrize("language", list(WorkingLanguage))
def test_an_agenda_without_meetings_says_so_in_each_language(language: WorkingLanguage) -> None:
    [read] = pages(agenda_pdf(agenda(0, language), made_at=MADE_AT))
    assert {"es": "Todavía no tiene", "pt": "ainda não tem", "en": "no meetings"}[language] in read
    assert "{" not in read


def test_hostile_texts_are_printed_as_texts() -> None:
    other = replace(meeting(0).others[0], member=HOSTILE, people=(HOSTILE,))
    made = agenda(gathering=replace(GATHERING, name=HOSTILE), member="x" * 400, meetings=(meeting(0, others=(other,)),))
    assert "SUMMARY:otro; coma, barra" in " ".join(pages(agenda_pdf(made, made_at=MADE_AT)))


def test_three_hundred_badges_are_in_one_file_eight_on_a_page() -> None:
    made = badges(300)
    content = badges_pdf(GATHERING, made, language=SPANISH, made_at=MADE_AT)
    read = pages(content)
    assert len(read) == -(-300 // (ACROSS * DOWN))
    assert len(content) < 3_000_000
    for number, badge in enumerate(made):
        page = read[number // (ACROSS * DOWN)]
        assert badge.person in page
        assert badge.member in page
    assert "Patrocina: Banco del Agua" in read[0]


def test_a_name_is_as_large_as_it_fits_and_cut_at_a_word_where_nothing_fits() -> None:
    paper = Paper("x", Speech(SPANISH, "UTC"), made_at=MADE_AT)
    paper.add_page()
    sizes = (30, 20, 10)
    assert paper.fitted("Ana", sizes=sizes, width=90, height=20)[0] == 30
    points, text = paper.fitted("María de los Ángeles " * 3, sizes=sizes, width=90, height=20)
    assert (points < 30, text) == (True, "María de los Ángeles " * 3)
    points, text = paper.fitted("María de los Ángeles " * 40, sizes=sizes, width=90, height=20)
    assert (points, text.endswith(" …"), paper.height_of(text, points=points, width=90) <= 20) == (10, True, True)
    assert pages(paper.done()) == [""]


def test_a_table_sign_says_who_sits_when_and_goes_on_with_its_head() -> None:
    read = pages(signs_pdf(GATHERING, [sign(), sign(0)], language=SPANISH, made_at=MADE_AT))
    assert all("Mesa 12" in page for page in read)
    whole = " ".join(read)
    assert whole.count("09:00–09:20 Alcaldía de Sogamoso") == 2
    assert "Sin reuniones previstas" in read[-1]


def test_a_code_is_drawn_as_it_was_made_with_white_around_it() -> None:
    """Printed, rendered and compared module by module."""
    import segno

    address, side = "https://alianza.example/es/events/3/agenda?of=41", 50.0
    paper = Paper("x", Speech(SPANISH, "UTC"), made_at=MADE_AT)
    paper.add_page()
    paper.code(address, x=20, y=20, side=side)
    scale = 8.0  # pixels a point
    picture = pypdfium2.PdfDocument(paper.done())[0].render(scale=scale, grayscale=True).to_pil()
    wanted = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    module = side / (len(wanted) + 2 * QUIET_MODULES) * 72 / 25.4 * scale
    left = 20 * 72 / 25.4 * scale

    def is_dark(down: int, across: int) -> bool:
        place = tuple(int(left + (each + QUIET_MODULES + 0.5) * module) for each in (across, down))
        return bool(picture.getpixel(place) < 128)

    assert [[int(is_dark(y, x)) for x in range(len(wanted))] for y in range(len(wanted))] == wanted
    assert not any(is_dark(-2, x) or is_dark(x, -2) for x in range(-3, len(wanted) + 3))


def test_letters_beyond_western_europe_have_a_shape() -> None:
    paper = Paper("x", Speech(SPANISH, "UTC"), made_at=MADE_AT)
    paper.add_page()
    paper.lines("Łódź Şen ñãéü “«»” —", points=12, family=SANS)
    assert "Łódź Şen ñãéü" in pages(paper.done())[0]


def test_who_is_elsewhere_reads_both_clocks_and_the_link_on_paper() -> None:
    meetings = (meeting(0, link="https://sala.example/ñ"), meeting(1))
    read = " ".join(pages(agenda_pdf(agenda(meetings=meetings, own_zone="Europe/Madrid"), made_at=MADE_AT)))
    assert read.count("Para usted: 16:00–16:20 (hora de verano de Europa central)") == 2
    assert "Enlace: https://sala.example/ñ" in read
    late = " ".join(pages(agenda_pdf(agenda(meetings=meetings, own_zone="Asia/Tokyo"), made_at=MADE_AT)))
    assert "Para usted: 23:00–23:20" in late
    later = meeting(0, start=meeting(0).start + timedelta(hours=2), end=meeting(0).end + timedelta(hours=2))
    tomorrow = " ".join(pages(agenda_pdf(agenda(meetings=(later,), own_zone="Asia/Tokyo"), made_at=MADE_AT)))
    assert "Para usted: jueves, 13 de mayo de 2027, 01:00–01:20" in tomorrow
    same = " ".join(pages(agenda_pdf(agenda(meetings=meetings, own_zone="America/Lima"), made_at=MADE_AT)))
    assert "Para usted" not in same


def test_a_quoted_answer_stands_on_one_page() -> None:
    long = replace(meeting(0).reasons[0], quotation="Medimos el agua casa por casa, " * 30)
    made = agenda(meetings=tuple(meeting(n, reasons=(long, long)) for n in range(3)))
    for page in pages(agenda_pdf(made, made_at=MADE_AT)):
        assert page.count("Necesidad: Hallar") == page.count("(portugués)")
