from matchmaker.accounts.models import ANYONE
from matchmaker.matching.exposure import matches_of, record_showing, showings_of, times_shown
from matchmaker.matching.ranking import RANKING_VERSION
from matchmaker.sentences import digest_of
from matchmaker.store.database import Database
from tests.factories import NOW
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def test_a_list_is_kept_as_it_was_shown(database: Database) -> None:
    with database.transaction() as session:
        scene = Scene(session)
        leaks, lamps = scene.agent(LEAKS), scene.agent(LAMPS)
        challenge = scene.challenge(LEAKS, SECTORS)
        found = scene.find(challenge)
        showing = record_showing(
            session, acting=scene.city, challenge=challenge, result=found.result,
            matches=[match.ranked for match in found.matches], now=NOW,
        )  # fmt: skip
        session.flush()
        kept = matches_of(session, showing_id=showing.id or 0)
        assert [(row.place, row.profile_id, row.profile_version) for row in kept] == [
            (1, leaks.id, leaks.version), (2, lamps.id, lamps.version)
        ]  # fmt: skip
        assert [row.points for row in kept] == [match.ranked.points for match in found.matches]
        assert kept[0].quoted == [digest_of(f"{LEAKS}."), None]
    assert (showing.challenge_id, showing.challenge_version, showing.account_id) == (
        challenge.id, challenge.version, scene.city.account_id
    )  # fmt: skip
    assert (showing.model, showing.generation, showing.correction) == ("words", 1, "none")
    assert (showing.ranking, showing.shown_at) == (RANKING_VERSION, NOW)


def test_showings_are_counted_and_listed_newest_first(scene: Scene) -> None:
    leaks, lamps = scene.agent(LEAKS), scene.agent(LAMPS)
    challenge = scene.challenge(LEAKS)
    shown = []
    for limit in (2, 1, 1):
        found = scene.find(challenge, limit=limit)
        made = record_showing(
            scene.session, acting=ANYONE, challenge=challenge, result=found.result,
            matches=[match.ranked for match in found.matches], now=NOW,
        )  # fmt: skip
        scene.session.flush()
        shown.append(made.id)
    ids = [leaks.id or 0, lamps.id or 0, scene.town.id or 0]
    assert times_shown(scene.session, profile_ids=ids) == {leaks.id: 3, lamps.id: 1}
    assert times_shown(scene.session, profile_ids=[]) == {}
    listed = showings_of(scene.session, challenge_id=challenge.id or 0, limit=2)
    assert [showing.id for showing in listed] == shown[:0:-1]
    assert showings_of(scene.session, challenge_id=999, limit=2) == []


def test_who_was_shown_less_comes_first_among_equals(scene: Scene) -> None:
    first, second = scene.agent(LEAKS), scene.agent(LEAKS)
    challenge = scene.challenge(LEAKS)
    orders = []
    for _ in range(3):
        found = scene.find(challenge)
        orders.append([match.full.profile.id for match in found.matches])
        assert [match.ranked.is_tie for match in found.matches] == [True, True]
        record_showing(
            scene.session, acting=ANYONE, challenge=challenge, result=found.result,
            matches=[found.matches[0].ranked], now=NOW,
        )  # fmt: skip
        scene.session.flush()
    assert orders == [[first.id, second.id], [second.id, first.id], [first.id, second.id]]
