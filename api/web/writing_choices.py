"""What can be chosen in the steps of a challenge: lists, towns of a name, areas by meaning, members by name."""

from collections.abc import Sequence

from api.web.choices import OFFERED_LANGUAGES, country_choices, language_choices, term_choices, town_choices
from api.web.frames import Asked
from api.web.lines import named
from api.web.pieces import Choice, Named
from api.web.typed import Typed
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Audience, BudgetBand, Challenge, Procurement
from matchmaker.errors import NotReadyError
from matchmaker.matching.areas import suggest_areas
from matchmaker.places.place import Ambiguous
from matchmaker.profiles.naming import profiles_called
from matchmaker.profiles.queries import full_profiles, represented_by

SHOWN_TOWNS, SHOWN_MEMBERS = 8, 10


def choices_of(
    asked: Asked, acting: Acting, challenge: Challenge, step: str, typed: Typed, suggested: Sequence[str]
) -> dict[str, tuple[Choice, ...]]:
    """What can be chosen in a step, by field."""
    taxonomy, language = asked.service.taxonomy, asked.language
    areas = typed.get("areas") or suggested
    by_step = {
        "words": lambda: {
            "owners": () if challenge.id else _owners(asked, acting, str(typed.get("owner"))),
            "spoken": tuple(
                choice for choice in language_choices(language, chosen=str(typed.get("spoken")))
                if choice.value in OFFERED_LANGUAGES
            ),
        },
        "place": lambda: {
            "countries": country_choices(language, chosen=str(typed.get("country"))),
            "towns": _towns(asked, typed) if typed.wrong("town") else (),
        },
        "areas": lambda: {
            "areas": term_choices(taxonomy.areas, name=lambda term: term.name[language], chosen=list(areas)),  # type: ignore[call-overload]
            "principles": term_choices(
                taxonomy.principles, name=lambda term: term.name[language], chosen=list(typed.get("principles") or ())  # type: ignore[call-overload]
            ),
        },
        "terms": lambda: {
            "budget_band": tuple(Choice(code, code, code == typed.get("budget_band")) for code in BudgetBand),
            "procurement": tuple(Choice(code, code, code == typed.get("procurement")) for code in Procurement),
        },
        "audience": lambda: {
            "audience": tuple(Choice(code, code, code == typed.get("audience")) for code in Audience)
        },
    }  # fmt: skip
    return by_step[step]() if step in by_step else {}


def suggested_areas(asked: Asked, challenge: Challenge) -> list[str]:
    """The areas that the text is about; none while the index is being made."""
    text = f"{challenge.title}\n{challenge.description}".strip()
    try:
        found = suggest_areas(
            asked.service.index, taxonomy=asked.service.taxonomy, text=text, language=challenge.language
        ) if text else []  # fmt: skip
    except NotReadyError:
        return []
    return [each.area for each in found]


def _towns(asked: Asked, typed: Typed) -> tuple[Choice, ...]:
    found = asked.service.gazetteer.resolve(str(typed.get("town")), country=str(typed.get("country")) or None)
    towns = found.candidates[:SHOWN_TOWNS] if isinstance(found, Ambiguous) else ()
    return town_choices(towns, asked.language, chosen="")


def _owners(asked: Asked, acting: Acting, chosen: str) -> tuple[Choice, ...]:
    """For whom one may post; the first unless another is chosen."""
    numbers = represented_by(asked.session, acting=acting)
    found = full_profiles(asked.session, acting=acting, profile_ids=numbers)
    picked = chosen if chosen in {str(number) for number in numbers} else str(min(found, default=""))
    return tuple(Choice(str(key), found[key].profile.name, str(key) == picked) for key in sorted(found))


def members_called(asked: Asked, acting: Acting, words: str) -> tuple[Named, ...]:
    """Members to choose from, by a part of their name."""
    found = profiles_called(asked.session, acting=acting, words=words, limit=SHOWN_MEMBERS)
    return tuple(named(row) for row in found)
