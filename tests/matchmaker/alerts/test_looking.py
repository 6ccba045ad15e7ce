from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from matchmaker.accounts.models import Account
from matchmaker.alerts.actions import delete_alert, edit_alert, keep_findings, look, pause_alert
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Finding
from matchmaker.alerts.queries import findings_of_digest, newest_findings
from matchmaker.alerts.rules import DIGEST_FINDINGS
from matchmaker.challenges.models import Procurement, Status
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import save_profile
from matchmaker.profiles.models import Representation, Visibility
from tests.factories import NOW, desk, profile_draft, taxonomy
from tests.matchmaker.alerts.conftest import Watched
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS


@contextmanager
def statements_of(watched: Watched) -> Iterator[list[str]]:
    """The statements that the session of the scene sends meanwhile."""
    sent: list[str] = []
    bind = watched.session.get_bind()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(bind, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(bind, "before_cursor_execute", note)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_search_by_meaning_finds_what_speaks_of_it_and_quotes_the_challenge(watched: Watched) -> None:
    lamps, _leaks = watched.challenge(LAMPS), watched.challenge(LEAKS)
    alert = watched.alert(LAMPS)
    assert watched.send() == 1
    assert watched.letters() == [f"{lamps.id}"]
    told = findings_of_digest(watched.session, alert_id=alert.id or 0, challenge_ids=[lamps.id or 0])
    assert told is not None
    [found] = told[1]
    assert [(quoted.need, quoted.text) for quoted in found.quoted] == [("", f"{LAMPS}.")]


def test_an_alert_like_my_profile_finds_what_the_profile_answers_and_quotes_both(watched: Watched) -> None:
    leaks = watched.challenge(LEAKS, SECTORS)
    watched.challenge(LAMPS)
    alert = watched.alert()
    watched.send()
    [found] = newest_findings(watched.session, alert=alert, acting=watched.firm)
    assert found.full.challenge.id == leaks.id
    assert [(quoted.need, quoted.text) for quoted in found.quoted] == [(LEAKS, f"{LEAKS}.")]


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ({"countries": ["CO"]}, 1),
        ({"countries": ["BR", "PE"]}, 0),
        ({"areas": ["energy_environment"]}, 1),
        ({"areas": ["equity_education_health"]}, 0),
        ({"languages": ["es"]}, 1),
        ({"languages": ["pt"]}, 0),
        ({"sizes": ["small_city", "town"]}, 1),
        ({"sizes": ["metropolis"]}, 0),
        ({"place": {"geonameid": 3667873}, "radius_kilometres": 1}, 1),
        ({"place": {"name": "Curitiba", "country": "BR"}, "radius_kilometres": 4_000}, 0),
        ({"place": {"name": "Curitiba", "country": "BR"}, "radius_kilometres": 5_000}, 1),
    ],
)
@pytest.mark.parametrize("text", [LEAKS, ""])
def test_an_alert_can_be_narrowed(watched: Watched, text: str, narrowed: dict[str, Any], count: int) -> None:
    watched.challenge(LEAKS)
    watched.challenge(LEAKS, place=None, areas=["economic_development"], language="en")
    watched.alert(text, **narrowed)
    assert watched.send() == count
    assert watched.letters() == ["1"] * count


def test_only_what_was_not_sent_before_is_sent(watched: Watched) -> None:
    first = watched.challenge(LEAKS)
    watched.alert(LEAKS)
    assert [watched.send(NOW + hours * HOUR) for hours in (0, 0, 1, 30)] == [1, 0, 0, 0]
    second = watched.challenge(LEAKS)
    assert watched.send(NOW + 31 * HOUR) == 1
    assert watched.letters() == [f"{first.id}", f"{second.id}"]


@pytest.mark.parametrize(("frequency", "letters"), [("daily", 15), ("weekly", 3), ("never", 0)])
def test_a_digest_comes_as_often_as_was_asked(watched: Watched, frequency: str, letters: int) -> None:
    alert = watched.alert(LEAKS, frequency=frequency)
    for day in range(15):
        watched.challenge(LEAKS)
        watched.send(NOW + day * DAY)
    found = [number for letter in watched.letters() for number in letter.split(",")]
    assert len(watched.letters()) == letters
    assert sorted(found, key=int) == [str(number) for number in range(1, 16)][: len(found)]
    assert len(newest_findings(watched.session, alert=alert, acting=watched.firm)) == 15


def test_what_is_too_much_for_one_letter_waits_for_the_next(watched: Watched) -> None:
    for _ in range(DIGEST_FINDINGS + 3):
        watched.challenge(LEAKS)
    watched.alert(LEAKS)
    assert [watched.send(NOW + day * DAY) for day in range(3)] == [1, 1, 0]
    assert [len(letter.split(",")) for letter in watched.letters()] == [DIGEST_FINDINGS, 3]


def test_a_paused_alert_rests_and_goes_on(watched: Watched) -> None:
    watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    for is_paused, count in ((True, 0), (False, 1)):
        pause_alert(watched.session, acting=watched.firm, alert_id=alert.id or 0, is_paused=is_paused, now=NOW)
        watched.session.flush()
        assert watched.send() == count


def test_a_deleted_alert_leaves_nothing_and_its_letter_has_nothing_to_tell(watched: Watched) -> None:
    made = watched.challenge(LEAKS)
    number = watched.alert(LEAKS).id or 0
    watched.send()
    delete_alert(watched.session, acting=watched.firm, alert_id=number)
    watched.session.expire_all()
    assert watched.session.exec(select(Finding)).all() == []
    assert findings_of_digest(watched.session, alert_id=number, challenge_ids=[made.id or 0]) is None


def test_an_alert_of_a_number_used_before_writes_all_the_same(watched: Watched) -> None:
    watched.challenge(LEAKS)
    for count in (1, 2):
        alert = watched.alert(LEAKS)
        watched.send()
        assert len(watched.letters()) == count
        delete_alert(watched.session, acting=watched.firm, alert_id=alert.id or 0)


def test_an_edited_alert_looks_anew_and_repeats_nothing(watched: Watched) -> None:
    leaks = watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    watched.send()
    lamps = watched.challenge(LAMPS)
    edit_alert(
        watched.session, desk=desk(NOW + HOUR), acting=watched.firm, alert_id=alert.id or 0,
        draft=AlertDraft(name="Luz", text=f"{LAMPS}. {LEAKS}"),
    )  # fmt: skip
    watched.send(NOW + DAY)
    assert watched.letters() == [f"{leaks.id}", f"{lamps.id}"]


def test_what_was_found_for_other_words_is_not_kept(watched: Watched) -> None:
    watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    number = alert.id or 0
    found = look(watched.session, index=watched.index, taxonomy=taxonomy(), alert_id=number, now=NOW)
    later = NOW + HOUR
    edit_alert(watched.session, desk=desk(later), acting=watched.firm, alert_id=number, draft=AlertDraft(name="Otro"))
    assert found is not None
    assert len(found) == 1
    assert not keep_findings(watched.session, alert_id=number, found=found, now=later)
    assert watched.session.exec(select(Finding)).all() == []


def test_two_processes_that_look_at_once_write_one_letter(watched: Watched) -> None:
    watched.challenge(LEAKS)
    number = watched.alert(LEAKS).id or 0
    both = [
        look(watched.session, index=watched.index, taxonomy=taxonomy(), alert_id=number, now=NOW) or []
        for _ in range(2)
    ]
    said = [keep_findings(watched.session, alert_id=number, found=found, now=NOW) for found in both]
    assert said == [True, False]
    assert len(watched.letters()) == 1


def test_what_is_known_is_neither_sought_nor_kept_again(watched: Watched) -> None:
    watched.challenge(LEAKS)
    number = watched.alert(LEAKS).id or 0
    first, second = (
        look(watched.session, index=watched.index, taxonomy=taxonomy(), alert_id=number, now=NOW) or []
        for _ in range(2)
    )
    assert len(first) == len(second) == 1
    assert keep_findings(watched.session, alert_id=number, found=first, now=NOW)
    assert not keep_findings(watched.session, alert_id=number, found=second, now=NOW + DAY)
    assert look(watched.session, index=watched.index, taxonomy=taxonomy(), alert_id=number, now=NOW + DAY) == []


def test_a_closed_challenge_that_the_reader_may_still_see_is_told_no_more(watched: Watched) -> None:
    made = watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    watched.send()
    watched.session.add(Representation(account_id=watched.firm.account_id or 0, profile_id=watched.town.id or 0))
    made.status = Status.CLOSED
    watched.session.flush()
    assert newest_findings(watched.session, alert=alert, acting=watched.firm) == []


def test_ones_own_challenges_are_no_news(watched: Watched) -> None:
    watched.challenge(LEAKS, owner=watched.supplier)
    watched.alert(LEAKS)
    watched.alert()
    assert watched.send() == 0


def test_closed_challenges_and_those_of_hidden_owners_are_not_found_nor_told(watched: Watched) -> None:
    made = [watched.challenge(LEAKS).id or 0 for _ in range(2)]
    alert = watched.alert(LEAKS)
    watched.send()
    watched.show(watched.town, Visibility.HIDDEN)
    told = findings_of_digest(watched.session, alert_id=alert.id or 0, challenge_ids=made)
    assert told is not None
    assert told[1] == []
    assert newest_findings(watched.session, alert=alert, acting=watched.firm) == []
    other = watched.alert(LEAKS, name="Otra")
    watched.send(NOW + DAY)
    assert watched.session.exec(select(Finding).where(Finding.alert_id == other.id)).all() == []


@pytest.mark.parametrize("reason", ["hidden", "unclaimed", "ended", "left"])
def test_who_may_no_longer_read_is_told_nothing(watched: Watched, reason: str) -> None:
    made = watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    if reason in set(Visibility):
        watched.show(watched.supplier, Visibility(reason))
    elif reason == "ended":
        watched.session.get_one(Account, watched.firm.account_id).ended_at = NOW
    else:
        watched.session.delete(watched.session.get_one(Representation, (watched.firm.account_id, watched.supplier.id)))
    watched.session.flush()
    assert watched.send() == 0
    assert findings_of_digest(watched.session, alert_id=alert.id or 0, challenge_ids=[made.id or 0]) is None


def test_a_sentence_that_is_gone_is_not_quoted(watched: Watched) -> None:
    watched.challenge(LEAKS)
    alert = watched.alert()
    watched.send()
    draft = profile_draft(summary="", experience=[], offers=[{"text": "Ahora vendemos mantas de lana."}])
    save_profile(watched.session, desk=desk(), acting=watched.firm, profile_id=watched.supplier.id or 0, draft=draft)
    [found] = newest_findings(watched.session, alert=alert, acting=watched.firm)
    assert found.quoted == ()


def test_a_letter_holds_ids_alone_and_the_database_no_second_copy_of_a_word(watched: Watched) -> None:
    made = watched.challenge(LEAKS)
    alert = watched.alert(LEAKS)
    watched.send()
    letter = watched.session.exec(select(Letter).where(Letter.kind == "alert_digest")).one()
    assert letter.codes == {"alert_id": alert.id, "challenge_ids": f"{made.id}"}
    [finding] = watched.session.exec(select(Finding).order_by(col(Finding.id))).all()
    assert all(len(digest) in {0, 16} for pair in finding.evidence for digest in pair)


def test_a_challenge_in_open_procurement_is_told_with_its_state(watched: Watched) -> None:
    watched.challenge(LEAKS, procurement=Procurement.OPEN)
    alert = watched.alert(LEAKS)
    watched.send()
    [found] = newest_findings(watched.session, alert=alert, acting=watched.firm)
    assert found.full.challenge.procurement == Procurement.OPEN


def test_more_findings_take_no_more_statements_to_read(watched: Watched) -> None:
    alert = watched.alert(LEAKS)
    counts = []
    for day in range(2):
        watched.challenge(LEAKS)
        watched.send(NOW + day * DAY)
        with statements_of(watched) as sent:
            newest_findings(watched.session, alert=alert, acting=watched.firm)
        counts.append(len(sent))
    assert counts[0] == counts[1]
