"""What an invitation would say, before it leaves: its secret is made only then."""

from datetime import timedelta

from api.letters.asking import page_address
from api.letters.of_invitations import invitation_values
from api.letters.text import Speech
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.letters.rules import Reader
from matchmaker.membership.inviting import INVITATION, Addressee

UNMADE = "…"  # in place of the secret, which is made when the letter leaves


def invitation_text(service: Service, addressee: Addressee, inviter: Account | None) -> tuple[str, str]:
    """Subject and text of the invitation as it would leave, but for its secret."""
    language, country = addressee.language, addressee.profile.country
    days = service.charter.policy.invitation_days
    values = invitation_values(
        addressee.profile,
        inviter=inviter,
        expires_at=addressee.send_at + timedelta(days=days),
        link=page_address(service, language, f"claims/{UNMADE}"),
    )
    speech = Speech(language, Reader(address="", language=language, country=country))
    said = [paragraph.text for paragraph in speech.paragraphs(f"{INVITATION}.body", values)]
    button = f"{speech.line(f'{INVITATION}.open', values)}: {values['link']}"
    return speech.line(f"{INVITATION}.subject", values), "\n\n".join([*said, button])
