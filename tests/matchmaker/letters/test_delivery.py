"""Letters leave when they should, once, and not to those who want none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR, Account, Acting, Role
from matchmaker.errors import InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.letters.actions import write_letter
from matchmaker.letters.addresses import bounced, digest_of, list_bounces, note_bounce, renew_address
from matchmaker.letters.claiming import CLAIM, claim_letter
from matchmaker.letters.delivery import Delivered, deliver_letters
from matchmaker.letters.habits import Wish, decline, habits_of, save_habits, unsubscribe
from matchmaker.letters.kinds import Group
from matchmaker.letters.models import Letter, LetterState
from matchmaker.letters.rules import ATTEMPTS_AT_MOST, DIGEST_WINDOW
from matchmaker.store.database import Database
from tests.factories import NOW
from tests.letters import KeepingPostman, account, office

NIGHT = datetime.fromisoformat("2027-01-12T03:30:00+00:00")  # 22:30 in Bogotá
MORNING = datetime.fromisoformat("2027-01-12T13:00:00+00:00")  # 8:00 in Bogotá


def write(
    session: Session, account_id: int | None, number: int = 1, kind: str = "introduction_question", **more: Any
) -> Letter:
    letter = write_letter(session, kind=kind, account_id=account_id, subject_id=number, now=NOW)
    assert letter is not None
    for name, value in more.items():
        setattr(letter, name, value)
    session.add(letter)
    session.flush()
    return letter


def written(database: Database, *numbers: int, address: str = "ana@ciudad.example", **more: Any) -> int:
    """An account with a letter for each number."""
    with database.transaction() as session:
        row = account(session, address)
        for number in numbers or (1,):
            write(session, row.id, number, **more)
        return row.id or 0


def delivered(database: Database, postman: KeepingPostman, now: datetime = NOW, country: str = "") -> Delivered:
    countries = dict.fromkeys(range(1, 99), country) if country else {}
    return deliver_letters(database, office(postman, countries), lambda: now)


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.exec(select(Letter).order_by(col(Letter.id))).all())


def states(database: Database) -> list[tuple[str, str]]:
    return [(letter.state, letter.remark) for letter in letters(database)]


def test_a_letter_is_sent_once_to_the_address_of_its_account(database: Database) -> None:
    written(database)
    postman = KeepingPostman()
    assert delivered(database, postman) == Delivered(sent=1)
    assert delivered(database, postman, NOW + timedelta(days=1)) == Delivered()
    assert [address for address, _ in postman.delivered] == ["ana@ciudad.example"]
    assert (letters(database)[0].state, letters(database)[0].sent_at) == (LetterState.SENT, NOW)


def test_a_letter_waits_until_its_time(database: Database) -> None:
    written(database, not_before=NOW + timedelta(hours=1))
    postman = KeepingPostman()
    assert delivered(database, postman) == Delivered()
    assert delivered(database, postman, NOW + timedelta(hours=1)) == Delivered(sent=1)


def test_a_failure_is_tried_again_ever_later_under_one_message_id_and_then_given_up(database: Database) -> None:
    written(database, is_urgent=True)
    postman, now, waits = KeepingPostman(later=99), NOW, []
    while letters(database)[0].state == LetterState.WAITING:
        delivered(database, postman, now)
        again = letters(database)[0].not_before
        waits.append(int((again - now).total_seconds()))
        now = again
    assert waits[:-1] == [60, 240, 960, 3_840, 15_360, 61_440, 86_400, 86_400, 86_400]
    assert len(waits) == ATTEMPTS_AT_MOST
    assert states(database) == [("given_up", "server_away")]


def test_a_letter_that_failed_arrives_with_the_message_id_it_had(database: Database) -> None:
    written(database)
    message_id = letters(database)[0].message_id
    postman = KeepingPostman(later=1)
    assert delivered(database, postman) == Delivered(put_off=1)
    assert delivered(database, postman, NOW + timedelta(minutes=1)) == Delivered(sent=1)
    assert postman.delivered[0][1]["Message-ID"] == f"<{message_id}@test.example>"


def test_one_letter_that_breaks_the_program_keeps_back_no_other(database: Database) -> None:
    written(database)
    written(database, address="luis@firma.example")
    postman = KeepingPostman(broken=1)
    assert delivered(database, postman) == Delivered(sent=1, put_off=1)
    assert sorted(states(database)) == [("sent", ""), ("waiting", "ValueError")]


def test_a_claim_that_nobody_finished_runs_out(database: Database) -> None:
    written(database)
    with database.transaction() as session:
        first = claim_letter(session, countries_of=office(KeepingPostman()).countries_of, now=NOW)
    postman = KeepingPostman()
    assert delivered(database, postman, NOW + CLAIM - timedelta(seconds=1)) == Delivered()
    assert delivered(database, postman, NOW + CLAIM) == Delivered(sent=1)
    assert first is not None
    assert postman.delivered[0][1]["Message-ID"] == f"<{first.letter.message_id}@test.example>"


def test_a_letter_during_which_processes_die_is_given_up(database: Database) -> None:
    written(database, attempts=ATTEMPTS_AT_MOST)
    assert delivered(database, KeepingPostman()) == Delivered()
    assert states(database) == [("given_up", "tried_too_often")]


def test_a_refused_address_is_noted_and_gets_no_more_letters(database: Database) -> None:
    number = written(database, 1)
    postman = KeepingPostman(refused={"ana@ciudad.example"})
    assert delivered(database, postman) == Delivered(given_up=1)
    with database.transaction() as session:
        write(session, number, 2, kind="application_decided")
        assert [row.id for row, _ in list_bounces(session, acting=OPERATOR, limit=9)] == [number]
    assert delivered(database, KeepingPostman(), NOW + timedelta(hours=4)) == Delivered()
    assert states(database) == [("given_up", "address_refused"), ("cancelled", "address_bounced")]


def test_an_owner_renews_a_bounced_address(database: Database) -> None:
    number = written(database)
    with database.transaction() as session:
        note_bounce(session, acting=OPERATOR, account_id=number, now=NOW)
        with pytest.raises(NotFoundError, match="account_unknown"):
            renew_address(session, acting=Acting(number + 1, Role.CITY), account_id=number, now=NOW)
        assert renew_address(session, acting=Acting(number, Role.CITY), account_id=number, now=NOW)
        assert not renew_address(session, acting=Acting(number, Role.CITY), account_id=number, now=NOW)
    assert delivered(database, KeepingPostman()) == Delivered(sent=1)


def test_only_the_secretariat_notes_and_lists_bounces(database: Database) -> None:
    number = written(database)
    with database.transaction() as session:
        for role in (Role.CITY, Role.SUPPLIER, Role.COMMITTEE, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowedError, match="secretariat_only"):
                note_bounce(session, acting=Acting(number, role), account_id=number, now=NOW)
            with pytest.raises(NotAllowedError, match="secretariat_only"):
                list_bounces(session, acting=Acting(number, role), limit=9)
        with pytest.raises(NotFoundError, match="account_unknown"):
            note_bounce(session, acting=OPERATOR, account_id=number + 1, now=NOW)


def test_a_refusal_outlives_no_bounce(database: Database) -> None:
    with database.transaction() as session:
        bounced(session, address="Quien@Sea.example", now=NOW)
        decline(session, digest=digest_of("quien@sea.example"), now=NOW)
        write_letter(session, kind="erasure_done", address="quien@sea.example", now=NOW)
    assert delivered(database, KeepingPostman()) == Delivered()
    assert states(database) == [("cancelled", "address_bounced")]


def test_an_address_that_declined_gets_necessary_letters_alone(database: Database) -> None:
    with database.transaction() as session:
        decline(session, digest=digest_of("Quien@sea.example"), now=NOW)
        for kind in ("invitation_to_claim", "erasure_done"):
            write_letter(session, kind=kind, address="quien@sea.example", now=NOW)
    postman = KeepingPostman()
    assert delivered(database, postman) == Delivered(sent=1)
    assert postman.subjects() == ["erasure_done 0"]


@pytest.mark.parametrize(
    ("changes", "remark"),
    [({"ended_at": NOW}, "account_ended"), ({"email": None}, "no_address")],
)
def test_who_cannot_be_reached_is_written_nothing(database: Database, changes: dict[str, Any], remark: str) -> None:
    with database.transaction() as session:
        write(session, account(session, **changes).id)
    assert delivered(database, KeepingPostman()) == Delivered()
    assert states(database) == [("cancelled", remark)]


def test_a_letter_without_sense_is_cancelled(database: Database) -> None:
    written(database, -1)
    assert delivered(database, KeepingPostman()) == Delivered(cancelled=1)
    assert states(database) == [("cancelled", "")]


def test_at_night_only_urgent_letters_leave(database: Database) -> None:
    number = written(database)
    with database.transaction() as session:
        write(session, number, 7, kind="sign_in", is_urgent=True)
    postman = KeepingPostman()
    delivered(database, postman, NIGHT)
    assert postman.subjects() == ["sign_in 7"]
    delivered(database, postman, MORNING - timedelta(seconds=1))
    assert len(postman.delivered) == 1
    delivered(database, postman, MORNING)
    assert postman.subjects() == ["sign_in 7", "introduction_question 1"]


def test_night_is_where_the_reader_lives_or_says(database: Database) -> None:
    number = written(database)
    postman = KeepingPostman()
    assert delivered(database, postman, MORNING, country="MX") == Delivered()  # 7:00 in Mexico City
    with database.transaction() as session:
        wish = Wish(time_zone="Europe/Madrid", quiet_from=22, quiet_until=7, unwanted=())
        save_habits(session, acting=Acting(number, Role.CITY), wish=wish)
        row = session.exec(select(Letter)).one()
        row.not_before = NOW
        session.add(row)
    assert delivered(database, postman, MORNING, country="MX") == Delivered(sent=1)


def test_many_letters_to_one_reader_arrive_as_one(database: Database) -> None:
    number = written(database, *range(1, 31))
    written(database, 50, address="luis@firma.example")
    postman = KeepingPostman()
    assert delivered(database, postman) == Delivered(sent=2)
    digest = next(message for address, message in postman.delivered if address.startswith("ana"))
    assert digest["Subject"] == " + ".join(f"introduction_question {item}" for item in range(1, 31))
    rows = [letter for letter in letters(database) if letter.account_id == number]
    assert [letter.state for letter in rows] == ["gathered"] * 30 + ["sent"]
    assert {letter.digest_id for letter in rows[:-1]} == {rows[-1].id}


def test_what_follows_soon_is_gathered_until_some_time_has_passed(database: Database) -> None:
    number = written(database)
    postman = KeepingPostman()
    delivered(database, postman)
    with database.transaction() as session:
        write(session, number, 2)
        write(session, number, 3)
        write(session, number, 9, kind="sign_in", is_urgent=True)
    delivered(database, postman, NOW + timedelta(minutes=1))
    assert postman.subjects() == ["introduction_question 1", "sign_in 9"]
    delivered(database, postman, NOW + DIGEST_WINDOW)
    assert postman.subjects()[2:] == ["introduction_question 2 + introduction_question 3"]


def test_a_letter_that_may_have_arrived_is_not_put_into_a_digest(database: Database) -> None:
    number = written(database, 1)
    postman = KeepingPostman(later=1)
    delivered(database, postman)
    with database.transaction() as session:
        write(session, number, 2)
        write(session, number, 3)
    delivered(database, postman, NOW + DIGEST_WINDOW)
    delivered(database, postman, NOW + 2 * DIGEST_WINDOW)
    assert postman.subjects() == ["introduction_question 1", "introduction_question 2 + introduction_question 3"]


def test_a_digest_that_failed_is_sent_again_as_it_was(database: Database) -> None:
    number = written(database, 1, 2)
    postman = KeepingPostman(later=1)
    delivered(database, postman)
    with database.transaction() as session:
        write(session, number, 3)
    delivered(database, postman, NOW + timedelta(minutes=1))
    assert postman.subjects() == ["introduction_question 1 + introduction_question 2"]


def test_voluntary_groups_can_be_switched_off_and_necessary_ones_cannot(database: Database) -> None:
    number = written(database, 1, kind="introduction_reminder")
    with database.transaction() as session:
        write(session, number, 2, kind="introduction_answered_both_yes")
        acting = Acting(number, Role.CITY)
        unsubscribe(session, acting=acting, groups=[Group.REMINDERS])
        unsubscribe(session, acting=acting, groups=[Group.REMINDERS, Group.ALERTS])
        assert habits_of(session, acting=acting).unwanted == ["reminders", "alerts"]
        for group in (Group.ACCESS, Group.CONSENT, Group.DECISIONS, Group.RIGHTS):
            with pytest.raises(InvalidInputError, match="letters_necessary"):
                unsubscribe(session, acting=acting, groups=[group])
    postman = KeepingPostman()
    delivered(database, postman)
    assert postman.subjects() == ["introduction_answered_both_yes 2"]
    assert states(database)[0] == ("cancelled", "not_wanted")


def test_habits_are_checked(database: Database) -> None:
    number = written(database)
    with database.transaction() as session:
        wish = Wish(time_zone="Mars/Olympus", quiet_from=22, quiet_until=7, unwanted=())
        with pytest.raises(InvalidInputError, match="time_zone_unknown"):
            save_habits(session, acting=Acting(number, Role.CITY), wish=wish)
        with pytest.raises(NotAllowedError, match="sign_in_needed"):
            habits_of(session, acting=Acting())


def test_letters_are_erased_with_their_account(database: Database) -> None:
    number = written(database, 1, 2)
    delivered(database, KeepingPostman())
    with database.transaction() as session:
        session.delete(account_row(session, number))
    assert letters(database) == []


def account_row(session: Session, number: int) -> Account:
    return session.get_one(Account, number)


def test_the_same_key_is_written_once(database: Database) -> None:
    with database.transaction() as session:
        first, second = (write_letter(session, kind="alert_digest", key="a", now=NOW) for _ in range(2))
        assert (first is not None, second) == (True, None)


def test_a_letter_of_a_kind_that_nobody_can_write_is_a_fault_of_the_program(database: Database) -> None:
    with database.transaction() as session, pytest.raises(ValueError, match="good_morning"):
        write_letter(session, kind="good_morning", now=NOW)


def test_two_processes_share_the_work_and_send_nothing_twice(database: Database) -> None:
    for number in range(12):
        written(database, 1, 2, address=f"p{number}@x.example")
    postmen = [KeepingPostman() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda postman: delivered(database, postman), postmen))
    sent = [message["Message-ID"] for postman in postmen for _, message in postman.delivered]
    assert (len(sent), len(set(sent)), sum(one.sent for one in done)) == (12, 12, 12)
