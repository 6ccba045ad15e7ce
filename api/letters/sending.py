"""All of it as a post office."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from api.letters.concepts import all_handlers, all_values
from api.letters.postmen import postman_of
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.letters.delivery import Delivered, deliver_letters
from matchmaker.letters.ports import PostOffice
from matchmaker.profiles.models import Profile, Representation


def post_office(service: Service) -> PostOffice:
    """Words, a way to send and the countries of accounts, as this service has them."""
    writer = LetterWriter(service, all_values(), all_handlers())
    return PostOffice(writer=writer, postman=postman_of(service.settings), countries_of=countries_of)


def send_letters(service: Service) -> Delivered:
    """Send all letters that are due."""
    return deliver_letters(service.database, post_office(service), service.clock)


def countries_of(session: Session, account_ids: Collection[int]) -> Mapping[int, str]:
    """The country of an account is that of the member it acts for: the first one, when there are several."""
    statement = (
        select(Representation.account_id, Profile.country)
        .where(Representation.profile_id == Profile.id, col(Representation.account_id).in_(account_ids))
        .order_by(col(Profile.id).desc())
    )
    return {account_id: country for account_id, country in session.exec(statement).all() if country}
