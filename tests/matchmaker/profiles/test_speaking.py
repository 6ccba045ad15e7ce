from matchmaker.accounts.models import ANYONE, Account
from matchmaker.profiles.models import Part, Representation
from matchmaker.profiles.speaking import profiles_spoken_for, speakers_of, speaks_for
from matchmaker.store.database import Database
from tests.factories import NOW, saved_profile, signed_in


def test_representatives_speak_and_editors_do_not(database: Database) -> None:
    with database.transaction() as session:
        ana, eva = signed_in(session), signed_in(session, name="Eva")
        number = saved_profile(session, acting=ana).id or 0
        session.add(Representation(account_id=eva.account_id or 0, profile_id=number, part=Part.EDITOR))
        session.flush()
        assert [speaks_for(session, acting=who, profile_id=number) for who in (ana, eva, ANYONE)] == [
            True,
            False,
            False,
        ]
        assert [profiles_spoken_for(session, acting=who) for who in (ana, eva)] == [{number}, frozenset()]
        assert [row.id for row in speakers_of(session, profile_id=number)] == [ana.account_id]


def test_an_account_that_has_ended_speaks_for_nobody_in_letters_and_contacts(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        number = saved_profile(session, acting=ana).id or 0
        session.get_one(Account, ana.account_id).ended_at = NOW
        session.flush()
        assert speakers_of(session, profile_id=number) == []
