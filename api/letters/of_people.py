"""The letter that asks for a successor, with what waits for one."""

from dataclasses import asdict

from api.letters.asking import LetterAsk, Values
from matchmaker.people.leaving import SILENT, silent_members
from matchmaker.profiles.queries import represents
from matchmaker.rights.duties import duties_of_member


def _silent(ask: LetterAsk) -> Values | None:
    """For the secretariat and those who act for the member; nothing once somebody speaks for it again."""
    number = ask.letter.subject_id
    if not (ask.acting.is_secretariat or represents(ask.session, acting=ask.acting, profile_id=number)):
        return None
    member = next(iter(silent_members(ask.session, after=number - 1, limit=1)), None)
    if member is None or member.id != number:
        return None
    duties = asdict(duties_of_member(ask.session, profile_id=number))
    return {"link": ask.page(f"profiles/{number}"), "member": member.name, **duties}


VALUES = {SILENT: _silent}
