"""Who reads a letter, with all that decides whether and when it leaves."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Account
from matchmaker.letters.addresses import silences
from matchmaker.letters.models import Letter, LetterHabits
from matchmaker.letters.ports import CountriesOf
from matchmaker.letters.rules import USUAL_HABITS, Reader

LANGUAGE, COUNTRY = "language", "country"
"""Codes of a letter to an address without an account, which nobody can be asked for otherwise."""
FIRST_LANGUAGE = "es"


def readers_of(session: Session, letters: Sequence[Letter], countries_of: CountriesOf) -> dict[int, Reader]:
    """The reader of each letter, by the letter's number; in four statements however many they are."""
    numbers = {letter.account_id for letter in letters if letter.account_id is not None}
    accounts = {row.id: row for row in session.exec(select(Account).where(col(Account.id).in_(numbers))).all()}
    rows = session.exec(select(LetterHabits).where(col(LetterHabits.account_id).in_(numbers))).all()
    habits = {row.account_id: row for row in rows}
    countries = countries_of(session, numbers)
    addresses = [account.email for account in accounts.values() if account.email]
    silent = silences(session, [*addresses, *(letter.address for letter in letters)])
    return {
        letter.id or 0: _of_account(accounts[letter.account_id], habits, countries, silent)
        if letter.account_id is not None
        else _of_address(letter, silent)
        for letter in letters
    }


def last_attempts(session: Session, account_ids: Sequence[int]) -> dict[int, datetime]:
    """When each account was last sent a letter that was not urgent."""
    statement = (
        select(Letter.account_id, func.max(Letter.attempted_at))
        .where(col(Letter.account_id).in_(account_ids), col(Letter.is_urgent).is_(False))
        .where(col(Letter.attempted_at).is_not(None))
        .group_by(col(Letter.account_id))
    )
    return {number or 0: at for number, at in session.exec(statement).all() if at is not None}


def _of_account(
    account: Account, habits: Mapping[int, LetterHabits], countries: Mapping[int, str], silent: Mapping[str, str]
) -> Reader:
    number, address = account.id or 0, account.email or ""
    return Reader(
        address=address,
        language=account.language,
        name=account.name,
        account_id=number,
        country=countries.get(number, ""),
        is_ended=account.ended_at is not None,
        silence=silent.get(address, ""),
        habits=habits.get(number, USUAL_HABITS),
    )


def _of_address(letter: Letter, silent: Mapping[str, str]) -> Reader:
    return Reader(
        address=letter.address,
        language=str(letter.codes.get(LANGUAGE) or FIRST_LANGUAGE),
        country=str(letter.codes.get(COUNTRY) or ""),
        silence=silent.get(letter.address, ""),
    )
