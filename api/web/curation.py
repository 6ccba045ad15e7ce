"""The curation board: what the matcher suggests for open challenges becomes introductions, with one look at each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from api.web.choices import country_choices
from api.web.curation_views import (
    Board,
    BoardPart,
    CandidatesShown,
    CuratedLine,
    CurationReport,
    MadeShown,
    Review,
    SuggestionShown,
)
from api.web.desk import check_room
from api.web.finding import candidate_shown
from api.web.frames import Asked
from api.web.lines import challenge_line
from api.web.typed import Typed
from matchmaker.challenges.queries import full_challenges
from matchmaker.errors import DomainError
from matchmaker.introductions.bulk import PAIRS_AT_ONCE, Pair, Proposed, propose_each
from matchmaker.introductions.curating import Notice, Suggested, Uncurated, list_uncurated, suggest
from matchmaker.introductions.matched import Matched, match_between
from matchmaker.profiles.queries import full_profiles

CHALLENGES_SHOWN = 200  # of a board; an event has about sixty
REFUSED = frozenset({Notice.PROCUREMENT_OPEN, Notice.NOT_CLAIMED})
NOTHING = Typed()


def pairs_of(ticked: Sequence[str]) -> list[Pair]:
    """Pairs as the form sends them, `challenge-profile`; what is none is left out."""
    halves = (text.split("-") for text in ticked if text.count("-") == 1)
    return [
        Pair(int(first), int(second)) for first, second in halves if _is_number(first) and _is_number(second)
    ]  # fmt: skip


def board(asked: Asked, *, country: str, only_bare: bool, opened: int = 0, wrong: Typed = NOTHING) -> Board:
    """The board, with the candidates of one challenge where it was opened without a script."""
    rooms = check_room(asked, "curation")
    every = list_uncurated(asked.session, acting=asked.acting, limit=CHALLENGES_SHOWN)
    among = sorted({row.challenge.country for row in every} - {""})
    countries = [country] if country in among else []
    rows = [
        row
        for row in every
        if (not countries or row.challenge.country in countries) and not (only_bare and row.introductions)
    ]
    return Board(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if wrong.errors else ""),
        rooms=rooms,
        lines=tuple(_line(row, _candidates(asked, opened) if row.challenge.id == opened else None) for row in rows),
        countries=country_choices(asked.language, chosen="".join(countries), among=among),
        only_bare=only_bare,
        narrowed="".join(f"&{name}={value}" for name, value in (("country", "".join(countries)),
                                                              ("bare", "1" if only_bare else "")) if value),
        wrong=wrong,
    )  # fmt: skip


def board_part(asked: Asked, challenge_id: int) -> BoardPart:
    """The candidates of one challenge. Raises `challenge_unknown`."""
    rooms = check_room(asked, "curation")
    found = _suggested(asked, challenge_id, only=())
    owner = full_profiles(asked.session, acting=asked.acting, profile_ids=[found.full.challenge.owner_id or 0])
    owners = {key: full.profile.name for key, full in owner.items()}
    line = CuratedLine(
        challenge_line(found.full.challenge, owners), found.full.challenge.population, found.introduced,
        _shown(asked, found, ticked=False),
    )  # fmt: skip
    return BoardPart(asked.language, asked.frame("desk"), rooms, line)


def review(asked: Asked, pairs: Sequence[Pair], *, typed: Typed | None = None) -> Review:
    """One look at each pair that was ticked: its evidence and what is to be known."""
    rooms = check_room(asked, "curation")
    wanted: Mapping[int, list[int]] = defaultdict(list)
    for pair in list(dict.fromkeys(pairs))[:PAIRS_AT_ONCE]:
        wanted[pair.challenge_id].append(pair.profile_id)
    known = full_challenges(asked.session, acting=asked.acting, challenge_ids=list(wanted))
    owners = full_profiles(
        asked.session, acting=asked.acting, profile_ids={full.challenge.owner_id or 0 for full in known.values()}
    )
    names = {number: full.profile.name for number, full in owners.items()}
    lines = []
    for number, full in known.items():
        found = _suggested(asked, number, only=wanted[number])
        candidates = _shown(asked, found, ticked=True)
        lines.append(
            CuratedLine(challenge_line(full.challenge, names), full.challenge.population, found.introduced, candidates)
        )
    return Review(
        language=asked.language,
        frame=asked.frame("desk", form="page-form"),
        rooms=rooms,
        lines=tuple(lines),
        count=sum(len(line.candidates.suggestions) for line in lines if line.candidates),
        typed=typed or Typed({"message": asked.say("form.usual_message")}),
    )


def propose_pairs(asked: Asked, pairs: Sequence[Pair], message: str) -> CurationReport:
    """Propose them, each by itself, and tell what was made, what was there before, what was refused and why."""
    rooms, service, acting = check_room(asked, "curation"), asked.service, asked.acting
    names = _named_pairs(asked, pairs)
    asked.session.close()

    def matched(session: Session, pair: Pair) -> Matched | None:
        return match_between(
            session, index=service.index, taxonomy=service.taxonomy, acting=acting, challenge_id=pair.challenge_id,
            profile_id=pair.profile_id,
        )  # fmt: skip

    done = propose_each(
        service.database, office=service.introduction_office(), acting=acting, pairs=pairs, message=message,
        matched=matched,
    )  # fmt: skip
    shown = [_made(asked, each, names) for each in done]
    return CurationReport(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        made=tuple(each for each in shown if each.is_made),
        known=tuple(each for each in shown if each.introduction_id and not each.is_made),
        refused=tuple(each for each in shown if not each.introduction_id),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) < 2**31


def _suggested(asked: Asked, challenge_id: int, *, only: Sequence[int]) -> Suggested:
    service = asked.service
    return suggest(
        asked.session, index=service.index, taxonomy=service.taxonomy, office=service.introduction_office(),
        acting=asked.acting, challenge_id=challenge_id, only=only,
    )  # fmt: skip


def _candidates(asked: Asked, challenge_id: int) -> CandidatesShown:
    return _shown(asked, _suggested(asked, challenge_id, only=()), ticked=False)


def _shown(asked: Asked, found: Suggested, *, ticked: bool) -> CandidatesShown:
    challenge_id = found.full.challenge.id or 0
    return CandidatesShown(
        tuple(
            SuggestionShown(
                pair=f"{challenge_id}-{each.match.full.profile.id}",
                candidate=candidate_shown(asked, each.match, found.found),
                notices=tuple(each.notices),
                shown=each.shown,
                others=each.others,
                can_propose=not REFUSED & set(each.notices),
                is_ticked=ticked,
            )
            for each in found.suggestions
        ),
        found.introduced,
    )


def _line(row: Uncurated, candidates: CandidatesShown | None) -> CuratedLine:
    challenge = row.challenge
    line = challenge_line(challenge, {challenge.owner_id or 0: row.owner.name})
    return CuratedLine(line, challenge.population, row.introductions, candidates)


def _named_pairs(asked: Asked, pairs: Sequence[Pair]) -> dict[Pair, tuple[str, str, str]]:
    challenges = full_challenges(
        asked.session, acting=asked.acting, challenge_ids={pair.challenge_id for pair in pairs}
    )
    profiles = full_profiles(asked.session, acting=asked.acting, profile_ids={pair.profile_id for pair in pairs})
    return {
        pair: (
            challenges[pair.challenge_id].challenge.title if pair.challenge_id in challenges else "",
            challenges[pair.challenge_id].challenge.language if pair.challenge_id in challenges else asked.language,
            profiles[pair.profile_id].profile.name if pair.profile_id in profiles else "",
        )
        for pair in pairs
    }


def _made(asked: Asked, each: Proposed, names: Mapping[Pair, tuple[str, str, str]]) -> MadeShown:
    return MadeShown(*names[each.pair], each.introduction_id, each.is_made, _sentence(asked, each.refusal))


def _sentence(asked: Asked, refusal: DomainError | None) -> str:
    return "" if refusal is None else asked.say_refusal(refusal.code, refusal.values)
