import hashlib
from datetime import timedelta

import pytest
from sqlmodel import select

from matchmaker.accounts.actions import TOKEN_PREFIX, add_token, list_tokens, make_token, revoke_token, who_is
from matchmaker.accounts.models import Acting, ApiToken, Role
from matchmaker.errors import NotFoundError
from matchmaker.store.database import Database
from tests.factories import NOW

LATER = NOW + timedelta(days=30)
NO_TOKENS = ["", " ", "mm_", "x" * 10_000, "\ud800", "mm_\udfff", "a\x00b", "ñ", "' OR 1=1 --"]


def test_a_token_says_which_account_acts_and_for_what(database: Database) -> None:
    with database.transaction() as session:
        account, token = make_token(session, name="Ana", role=Role.SUPPLIER, label="laptop", now=NOW)
    with database.reading() as session:
        assert who_is(session, token=token, now=NOW) == Acting(account_id=account.id, role=Role.SUPPLIER)


def test_a_token_begins_with_its_mark_and_never_comes_twice(database: Database) -> None:
    with database.transaction() as session:
        account, first = make_token(session, name="Ana", role=Role.CITY, label="a", now=NOW)
        second = add_token(session, account=account, label="b", now=NOW, expires_at=None)
    assert first.startswith(TOKEN_PREFIX)
    assert second.startswith(TOKEN_PREFIX)
    assert first != second


def test_only_the_digest_of_a_token_is_kept(database: Database) -> None:
    with database.transaction() as session:
        _account, token = make_token(session, name="Ana", role=Role.CITY, label="laptop", now=NOW)
    with database.reading() as session:
        row = session.exec(select(ApiToken)).one()
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    assert [value for value in row.model_dump().values() if value == token] == []


def test_a_token_ends_at_the_moment_it_expires(database: Database) -> None:
    with database.transaction() as session:
        _account, token = make_token(session, name="Ana", role=Role.CITY, label="a", now=NOW, expires_at=LATER)
    with database.reading() as session:
        assert who_is(session, token=token, now=LATER - timedelta(seconds=1)) is not None
        assert who_is(session, token=token, now=LATER) is None


def test_a_revoked_token_is_nobody_and_the_others_of_the_account_stay(database: Database) -> None:
    with database.transaction() as session:
        account, lost = make_token(session, name="Ana", role=Role.CITY, label="lost", now=NOW)
        kept = add_token(session, account=account, label="kept", now=NOW, expires_at=None)
    with database.transaction() as session:
        revoke_token(session, token_id=list_tokens(session)[0][0].id or 0, now=LATER)
    with database.reading() as session:
        assert who_is(session, token=lost, now=NOW) is None
        assert who_is(session, token=kept, now=NOW) == Acting(account_id=account.id, role=Role.CITY)


def test_revoking_again_keeps_the_first_moment(database: Database) -> None:
    with database.transaction() as session:
        make_token(session, name="Ana", role=Role.CITY, label="a", now=NOW)
        revoke_token(session, token_id=1, now=NOW)
    with database.transaction() as session:
        assert revoke_token(session, token_id=1, now=LATER).revoked_at == NOW


def test_a_token_that_is_not_there_cannot_be_revoked(database: Database) -> None:
    with pytest.raises(NotFoundError) as refused, database.transaction() as session:
        revoke_token(session, token_id=7, now=NOW)
    assert (refused.value.code, refused.value.values) == ("token_unknown", {"token_id": 7})


@pytest.mark.parametrize("token", NO_TOKENS)
def test_what_is_no_token_is_nobody(database: Database, token: str) -> None:
    with database.transaction() as session:
        make_token(session, name="Ana", role=Role.CITY, label="a", now=NOW)
        assert who_is(session, token=token, now=NOW) is None


def test_tokens_are_listed_with_their_accounts_oldest_first(database: Database) -> None:
    with database.transaction() as session:
        account, _token = make_token(session, name="Ana", role=Role.CITY, label="first", now=NOW)
        make_token(session, name="Luís", role=Role.SECRETARIAT, label="second", now=NOW)
        add_token(session, account=account, label="third", now=NOW, expires_at=LATER)
    with database.reading() as session:
        listed = [(token.label, owner.name, token.expires_at) for token, owner in list_tokens(session)]
    assert listed == [("first", "Ana", None), ("second", "Luís", None), ("third", "Ana", LATER)]
