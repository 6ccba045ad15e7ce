"""Two people at the same instant: real threads, each in a transaction of its own."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.introductions.answering import answer, read_contacts
from matchmaker.introductions.drafts import AnswerDraft
from matchmaker.introductions.models import AskingPolicy, Disclosure, Introduction, IntroductionSide, Phase, Side, Word
from matchmaker.introductions.proposing import withdraw
from matchmaker.introductions.telephone import record_by_phone, undo_recorded
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.store.database import Database
from tests.databases import PostgresDatabases
from tests.factories import NOW
from tests.matchmaker.introductions.worlds import NO, NOT_NOW, YES, Deed, World, together, with_terms, world

ORDERS = 10_000  # pairs and triples of acts at the same instant
FEW_ORDERS = 60
HAVE_OPENED = (Phase.OPEN, Phase.CLOSED)
ENDS = (Phase.ENDED, Phase.CLOSED)


@pytest.fixture
def postgres(postgres_databases: PostgresDatabases) -> Iterator[World]:
    database = Database(postgres_databases.migrated())
    yield world(database)
    database.close()


def challenges(here: World, number: int) -> list[int]:
    with here.database.transaction() as session:
        rows = [
            Challenge(
                owner_id=here.owner_id, language="es", title="Agua", description="", created_at=NOW, updated_at=NOW
            )
            for _ in range(number)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def proposing(here: World, challenge_id: int) -> Deed:
    return partial(here.propose, acting=here.firm, challenge_id=challenge_id)


def count(here: World) -> int:
    with here.database.reading() as session:
        return len(session.exec(select(Introduction)).all())


def test_the_quota_of_whoever_asks_holds_for_many_at_once(here: World) -> None:
    strict = with_terms(here, asks_per_week=2)
    deeds = [proposing(strict, number) for number in challenges(here, 6)]
    codes = together(strict, deeds)
    assert sorted(codes) == ["", "", *["asks_used_up"] * 4]
    assert count(here) == 2
    strict.pass_days(7)
    assert strict.done(proposing(strict, here.challenge_id)) == ""


def test_the_quota_of_whoever_is_asked_holds_for_many_at_once(here: World) -> None:
    with here.database.transaction() as session:
        session.get_one(AskingPolicy, here.owner_id).per_week = 3
    codes = together(here, [proposing(here, number) for number in challenges(here, 5)])
    assert sorted(codes) == ["", "", "", "asks_full", "asks_full"]
    assert count(here) == 3


def test_the_same_is_proposed_once_though_both_sides_do_it_at_once(here: World) -> None:
    codes = together(here, [partial(here.propose, acting=who) for who in (here.city, here.firm, here.rosa)])
    assert sorted(codes) == ["", "introduction_exists", "introduction_exists"]


def test_two_yeses_at_once_open_contacts_and_write_once(here: World) -> None:
    number = here.proposed(here.rosa)
    codes = together(here, [saying(here, who, number, YES) for who in (here.city, here.firm)])
    assert codes == ["", ""]
    with here.database.reading() as session:
        assert session.get_one(Introduction, number).phase == Phase.OPEN
        opened = select(Letter.account_id).where(Letter.kind == "introduction_answered_both_yes")
        assert sorted(session.exec(opened).all(), key=str) == [here.city.account_id, here.firm.account_id]


def test_contacts_read_twice_at_once_are_noted_once(here: World) -> None:
    number = here.proposed(here.city)
    assert here.done(saying(here, here.firm, number, YES)) == ""
    assert together(here, [reading(here, here.firm, number)] * 2) == ["", ""]
    with here.database.reading() as session:
        assert len(session.exec(select(Disclosure)).all()) == 1


def test_at_the_same_instant_nothing_impossible_happens(postgres: World) -> None:
    run_orders(postgres, FEW_ORDERS, seed=11)


@pytest.mark.slow
def test_at_the_same_instant_ten_thousand_times_nothing_impossible_happens(postgres: World) -> None:
    run_orders(postgres, ORDERS, seed=7)


def saying(here: World, who: Acting, number: int, draft: AnswerDraft) -> Deed:
    return partial(answer, **here.who(who, number), draft=draft)


def reading(here: World, who: Acting, number: int) -> Deed:
    return partial(read_contacts, **here.who(who, number))


def run_orders(here: World, orders: int, *, seed: int) -> None:
    """Each time one introduction in a random state, and two or three random acts on it at the same instant."""
    chance = random.Random(seed)  # noqa: S311 - orders of a test
    opened, many = 0, with_terms(here, asks_per_week=10 * orders)
    with here.database.transaction() as session:
        session.get_one(AskingPolicy, here.owner_id).per_week = 10 * orders
    for _ in range(orders):
        fresh = replace(many, challenge_id=challenges(here, 1)[0])
        number = fresh.proposed(chance.choice([here.city, here.firm, here.rosa]))
        for deed in chance.choices(deeds_on(fresh, number), k=chance.randint(0, 2)):
            fresh.done(deed)
        before = seen(fresh, number)
        codes = together(fresh, chance.choices(deeds_on(fresh, number), k=chance.choice([2, 2, 3])))
        check(fresh, number, before=before, codes=codes)
        opened += seen(fresh, number)[0] in HAVE_OPENED
        show(fresh, Visibility.VISIBLE)
    assert 0 < opened < orders


def deeds_on(here: World, number: int) -> list[Deed]:
    people = [here.who(who, number) for who in (here.city, here.firm)]
    rosa = here.who(here.rosa, number)
    said = [partial(answer, **who, draft=draft) for who in people for draft in (YES, YES, NO, NOT_NOW)]
    back = [partial(withdraw, **who) for who in (*people, rosa)]
    undone = [partial(undo_recorded, **who) for who in people]
    phoned = [partial(record_by_phone, **rosa, side=side, draft=YES) for side in Side]
    read = [partial(read_contacts, **who) for who in people]
    hidden = partial(hide, here=here, visibility=Visibility.HIDDEN)
    return [*said, *said, *back, *undone, *phoned, *read, hidden]


def hide(session: Session, here: World, visibility: Visibility) -> None:
    profile = session.get_one(Profile, here.profile_id, with_for_update=True)
    set_visibility(session, profile=profile, visibility=visibility, now=here.now)


def show(here: World, visibility: Visibility) -> None:
    here.done(partial(hide, here=here, visibility=visibility))


def seen(here: World, number: int) -> tuple[str, dict[str, str], int]:
    """The phase, the words, and how many accounts received a contact."""
    with here.database.reading() as session:
        sides = session.exec(select(IntroductionSide).where(IntroductionSide.introduction_id == number)).all()
        received = session.exec(select(Disclosure).where(Disclosure.introduction_id == number)).all()
        phase = session.get_one(Introduction, number).phase
        return phase, {side.side: side.word for side in sides}, len(received)


def check(here: World, number: int, *, before: tuple[str, dict[str, str], int], codes: list[str]) -> None:
    phase, words, received = seen(here, number)
    known = {"", "introduction_over", "contacts_not_open", "already_answered", "nothing_to_undo", "not_yet_asked",
             "not_your_introduction", "introduction_unknown"}  # fmt: skip
    assert set(codes) <= known
    has_opened = phase in HAVE_OPENED
    assert has_opened <= (set(words.values()) == {Word.YES})
    assert received == 0 or has_opened
    assert received <= before[2] or before[0] != Phase.CLOSED
    assert (before[0] in ENDS) <= (phase == before[0])
    assert (before[0] in HAVE_OPENED) <= has_opened
    with here.database.reading() as session:
        kinds = session.exec(select(Letter.kind, Letter.account_id).where(Letter.subject_id == number)).all()
    opened = [account for kind, account in kinds if kind == "introduction_answered_both_yes"]
    assert len(opened) == (2 if has_opened else 0)
    closed = [account for kind, account in kinds if kind == "contacts_closed"]
    assert len(closed) == (2 if phase == Phase.CLOSED else 0)
