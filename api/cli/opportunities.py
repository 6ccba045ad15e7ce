"""`opportunities`: open challenges that fit a profile, with the evidence that their authors would see."""

from api.cli.explaining import Said, place_words, show_explained, strength_words
from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import results, table, write_json
from api.cli.ready import require_index
from api.saying import Say
from matchmaker.accounts.models import OPERATOR
from matchmaker.matching.opportunities import Opportunity, find_opportunities
from matchmaker.profiles.queries import get_profile
from matchmaker.taxonomy.models import Taxonomy


def opportunities_of(operator: Operator, profile_id: int, *, top: int, as_json: bool) -> ExitCode:
    """Find and show. Raises `profile_unknown`."""
    with operator.service() as service, service.database.reading() as session:
        name = get_profile(session, acting=OPERATOR, profile_id=profile_id).profile.name
        require_index(service)
        _, found = find_opportunities(
            session, index=service.index, acting=OPERATOR, taxonomy=service.taxonomy, profile_id=profile_id, limit=top
        )
        if as_json:
            from api.rest.explained import opportunities_shape

            write_json(opportunities_shape(profile_id, found, {}).model_dump(mode="json"))
        else:
            _show(operator.say, name, found, service.taxonomy)
    return ExitCode.DONE


def _show(say: Say, name: str, found: list[Opportunity], taxonomy: Taxonomy) -> None:
    console = results()
    console.print(say("opportunities.of", name=name), style="bold")
    if not found:
        console.print(say("opportunities.none"))
        return
    headers = [say(f"column.{name}") for name in ("place", "strength", "challenge", "where", "answered", "id")]
    console.print(table(headers, [_row(say, number, one) for number, one in enumerate(found, 1)], numbers=(0, 5)))
    for number, one in enumerate(found, start=1):
        title = f"{number}. {one.full.challenge.title} · {strength_words(say, one.ranked)}"
        said = Said(tuple(need.text for need in one.full.needs), one.full.challenge.language)
        show_explained(console, say, title, one.ranked, said, taxonomy)


def _row(say: Say, number: int, one: Opportunity) -> tuple[object, ...]:
    challenge, reasons = one.full.challenge, one.ranked.candidate.reasons
    answered = f"{reasons.answered}/{len(reasons.answers)}"
    where = place_words(say, challenge)
    return number, strength_words(say, one.ranked), challenge.title, where, answered, challenge.id
