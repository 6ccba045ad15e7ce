from sqlmodel import select

from api.wiring import Service
from matchmaker.matching.models import Showing, ShownMatch
from tests.api.web.conftest import Known, Read


def test_a_challenge_page_keeps_whom_it_showed(read: Read, known: Known, service: Service) -> None:
    page = read(f"/es/challenges/{known.challenge}")
    with service.database.reading() as session:
        showing = session.exec(select(Showing)).one()
        shown = session.exec(select(ShownMatch).order_by(ShownMatch.place)).all()  # type: ignore[arg-type]
    assert (showing.challenge_id, showing.account_id, showing.challenge_version) == (known.challenge, None, 1)
    assert [match.place for match in shown] == list(range(1, len(shown) + 1))
    assert known.firm in {match.profile_id for match in shown}
    assert not {known.hidden, known.unclaimed} & {match.profile_id for match in shown}
    addresses = {link["href"] for link in page.all("a")}
    assert all(f"/es/profiles/{match.profile_id}" in addresses for match in shown)


def test_a_page_without_matches_keeps_no_showing(read: Read, known: Known, service: Service) -> None:
    for address in ("/es/challenges", f"/es/profiles/{known.firm}", "/es/"):
        read(address)
    with service.database.reading() as session:
        assert session.exec(select(Showing)).all() == []
