"""Lessons and alerts on the real index."""

from sqlmodel import select

from matchmaker.accounts.models import ANYONE, Role
from matchmaker.alerts.actions import save_alert, send_digests
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.queries import findings_of_digest
from matchmaker.challenges.queries import get_challenge
from matchmaker.letters.models import Letter
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.lessons import find_lessons
from matchmaker.store.database import Database
from tests.factories import NOW, desk, saved_challenge, saved_lesson, saved_profile, signed_in, taxonomy
from tests.indexer.conftest import OpenEngine
from tests.indexer.stores import Store
from tests.search_contract import BUSES, LAMPS, LEAKS, WASTE

CROWD = 30  # profiles about other things, so that a sentence can stand out
LARGER_CROWD = 45  # so that the only sentence of a profile makes a match


def crowded(database: Database, open_index: OpenEngine, *, by: int = CROWD) -> Store:
    store = Store(database, open_index())
    for number in range(by):
        store.add(f"Tejemos mantas{number} de lana{number} para hoteles{number} del altiplano{number}.")
    return store


def test_a_lesson_is_found_for_a_challenge_among_others(database: Database, open_index: OpenEngine) -> None:
    store = crowded(database, open_index)
    with database.transaction() as session:
        city, other = signed_in(session), signed_in(session, name="Otra")
        town = saved_profile(session, acting=city, kind="local_government", offers=[], experience=[])
        author = saved_profile(session, acting=other, kind="local_government", name="Otra", offers=[], experience=[])
        told = [
            saved_lesson(session, acting=other, author=author, title="Uno", tried=f"{text}.").id
            for text in (LAMPS, LEAKS, WASTE)
        ]
        asked = saved_challenge(session, acting=city, owner=town, needs=[f"{LEAKS}."], description=f"{LEAKS}.")
    store.drain()
    with database.reading() as session:
        full = get_challenge(session, acting=ANYONE, challenge_id=asked.id or 0)
        found = find_lessons(
            session, index=store.engine.index, acting=ANYONE, ask=stored_ask(full, taxonomy=taxonomy()),
            owner_id=town.id,
        )  # fmt: skip
    assert [lesson.full.lesson.id for lesson in found] == [told[1]]
    [answer] = found[0].reasons.answers
    assert answer is not None
    assert (answer.text, answer.field) == (f"{LEAKS}.", "tried")


def test_an_alert_by_text_and_one_like_the_profile_find_what_speaks_of_it(
    database: Database, open_index: OpenEngine
) -> None:
    store = crowded(database, open_index, by=LARGER_CROWD)
    with database.transaction() as session:
        city, firm = signed_in(session), signed_in(session, role=Role.SUPPLIER, name="Luís")
        town = saved_profile(session, acting=city, kind="local_government", offers=[], experience=[], name="Ciudad")
        asked = {
            text: saved_challenge(session, acting=city, owner=town, title="Reto", description=f"{text}.", needs=[text])
            for text in (LEAKS, LAMPS, WASTE, BUSES)
        }
        supplier = saved_profile(session, acting=firm, offers=[{"text": f"{LEAKS}."}], experience=[], summary="")
        numbers = [
            save_alert(
                session, desk=desk(), acting=firm, profile_id=supplier.id or 0, draft=AlertDraft(name="A", text=text)
            ).id
            for text in (LAMPS, "")
        ]
    store.drain()
    with database.transaction() as session:
        assert send_digests(session, index=store.engine.index, taxonomy=taxonomy(), now=NOW) == 2
    with database.reading() as session:
        letters = session.exec(select(Letter).order_by(Letter.id)).all()  # type: ignore[arg-type]
        assert [letter.subject_id for letter in letters] == numbers
        for letter, text in zip(letters, (LAMPS, LEAKS), strict=True):
            first = int(str(letter.codes["challenge_ids"]).split(",", maxsplit=1)[0])
            assert first == asked[text].id
            told = findings_of_digest(session, alert_id=letter.subject_id, challenge_ids=[first])
            assert told is not None
            assert text in told[1][0].quoted[0].text
