"""Records made into drafts, or into the list of what is wrong with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from pydantic import ValidationError

from matchmaker.challenges.drafts import ChallengeDraft
from matchmaker.challenges.models import Challenge
from matchmaker.exchange.names import name_key
from matchmaker.exchange.reading import Read, Reading
from matchmaker.exchange.report import Problem
from matchmaker.exchange.validation import problems_of, too_long_for
from matchmaker.exchange.vocabulary import PROFILES
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile

Draft = ProfileDraft | ChallengeDraft
SOURCE_CHARACTERS = 60  # of the tables' columns

_text: Read = Reading.text
_offer: Mapping[str, Read] = {"title": _text, "text": _text}
_experience: Mapping[str, Read] = {
    "title": _text, "place": Reading.place, "year": Reading.year, "text": _text, "result": _text,
    "for_whom": _text,
}  # fmt: skip
_fact: Mapping[str, Read] = {"text": _text, "source": _text}


def _label(names: str) -> Read:
    return partial(Reading.label, names=names)


def _labels(names: str) -> Read:
    return partial(Reading.label_list, names=names)


PROFILE_FIELDS: Mapping[str, Read] = {
    **dict.fromkeys(("external_id", "import_source", "name", "summary", "description", "website", "email"), _text),
    **dict.fromkeys(("registration_number", "address"), _text),
    "kind": _label("kinds"),
    "language": _label("languages"),
    "languages": _labels("languages"),
    "delivery_area": _labels("reach"),
    "areas": _labels("areas"),
    "place": Reading.place,
    "offers": partial(Reading.groups, parts=_offer, main="text"),
    "experience": partial(Reading.groups, parts=_experience, main="text"),
    "facts": partial(Reading.groups, parts=_fact, main="text"),
}
CHALLENGE_FIELDS: Mapping[str, Read] = {
    **dict.fromkeys(("external_id", "import_source", "owner", "title", "description", "expected_benefit"), _text),
    **dict.fromkeys(("beneficiaries", "buyer", "url"), _text),
    "language": _label("languages"),
    "place": Reading.place,
    "areas": _labels("areas"),
    "principles": _labels("principles"),
    "budget_band": _label("budget_band"),
    "procurement": _label("procurement"),
    "starts_on": Reading.day,
    "ends_on": Reading.day,
    "needs": Reading.texts,
}
_FIELDS = {True: PROFILE_FIELDS, False: CHALLENGE_FIELDS}


@dataclass(frozen=True)
class Prepared:
    """A draft ready to be saved: where it stood, what `source` calls it by, who owns it (external id, "" for none).

    `given` are the fields that the row fills.
    """

    line: int
    draft: Draft
    source: str
    owner: str
    owner_column: str
    given: frozenset[str]


def prepare(reading: Reading, *, kind: str, source: str) -> Prepared | None:
    """Read a whole record. None when it has problems, which are then in `reading.problems`."""
    is_profile = kind == PROFILES
    values = reading.fields("", reading.record.values, parts=_FIELDS[is_profile])
    own_source, owner = values.pop("import_source", None), values.pop("owner", None)
    if not values.get("external_id"):
        values["external_id"] = _made_id(values)
        reading.notices.append(Problem(reading.record.line, "external_id", "", "id_made"))
    draft = _validated(reading, ProfileDraft if is_profile else ChallengeDraft, values)
    chosen = str(own_source or source).strip()
    if len(chosen) > SOURCE_CHARACTERS:
        reading.wrong("import_source", chosen, "too_long", str(SOURCE_CHARACTERS))
    if draft is None or reading.problems:
        return None
    return Prepared(
        line=reading.record.line, draft=draft, source=chosen, owner=str(owner or "").strip(),
        owner_column=reading.record.column("owner"), given=frozenset(values),
    )  # fmt: skip


def _validated(
    reading: Reading, model: type[ProfileDraft] | type[ChallengeDraft], values: dict[str, object]
) -> Draft | None:
    noted = {problem.column for problem in reading.problems}
    try:
        draft = model.model_validate(values)
    except ValidationError as error:
        found = problems_of(error, reading.record)
        reading.problems += [problem for problem in found if problem.column not in noted]
        return None
    reading.problems += too_long_for(Profile if isinstance(draft, ProfileDraft) else Challenge, draft, reading.record)
    return draft


def _made_id(values: Mapping[str, object]) -> str:
    """An id for a row that has none, the same whenever the row's name and place are."""
    words = [str(values.get(key, "")) for key in ("name", "title", "kind", "buyer", "place")]
    return "made-" + hashlib.blake2b("\0".join(map(name_key, words)).encode(), digest_size=10).hexdigest()
