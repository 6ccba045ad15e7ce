"""The report of an event in a reader's words: its figures as plots, its open data with what each field means."""

from collections.abc import Callable, Mapping

from babel import Locale

from api.documents.plots import Plot, plot_of
from api.documents.words import Speech
from matchmaker.events.disclosing import ALIKE_AT_LEAST, FIELDS
from matchmaker.events.reporting import Report
from matchmaker.languages import WorkingLanguage
from matchmaker.places.sizes import SizeBand
from matchmaker.taxonomy.models import Concern, Taxonomy

CODED = ("sizes", "sources", "acceptance", "presence", "met", "outcomes")
PLOTS = ("areas", "kinds", "countries", *CODED)
"""What is drawn; names in addresses."""


def plots_of(report: Report, *, language: WorkingLanguage, taxonomy: Taxonomy) -> tuple[Plot, ...]:
    """All of them, in the order of `PLOTS`; one without counts has no bars."""
    speech = Speech(language, report.event.time_zone)
    names = Locale.parse(language).territories

    def term(concern: Concern) -> Callable[[str], str]:
        def named(code: str) -> str:
            found = taxonomy.term(concern, code)
            return found.name[language] if found else speech.say("report.unknown")

        return named

    def coded(plot: str) -> Callable[[str], str]:
        return lambda code: speech.say(f"report.{plot}.{code}")

    words = {
        "areas": term(Concern.AREAS),
        "kinds": term(Concern.KINDS),
        "countries": lambda code: str(names.get(code, code)),
        **{plot: coded(plot) for plot in CODED},
    }
    counts = _counts(report)
    return tuple(
        plot_of(plot, speech.say(f"report.{plot}"), [(words[plot](code), n) for code, n in counts[plot].items() if n])
        for plot in PLOTS
    )


def field_words(language: WorkingLanguage) -> dict[str, str]:
    """What each column of the open data holds."""
    speech = Speech(language, "UTC")
    return {name: speech.say(f"field.{name}", least=ALIKE_AT_LEAST) for name in FIELDS}


def _counts(report: Report) -> dict[str, Mapping[str, int]]:
    return {
        "areas": report.by_area,
        "kinds": report.by_kind,
        "countries": report.by_country,
        "sizes": {size: report.by_size.get(size, 0) for size in SizeBand},
        "sources": report.by_source,
        "acceptance": report.acceptance,
        "presence": report.presence,
        "met": report.met,
        "outcomes": report.outcomes,
    }
