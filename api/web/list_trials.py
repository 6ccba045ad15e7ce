"""A new version of one of the alliance's lists, tried before it is published."""

from dataclasses import replace
from datetime import date

from api.web.desk import check_room
from api.web.frames import Asked
from api.web.lists_views import ChangeOfEntry, FaultShown, TrialPage
from api.web.typed import Typed
from matchmaker.publishing.documents import written
from matchmaker.publishing.models import Change, Document, Fault, Place, Scalar, Trial

TRIAL = "/desk/lists/trial"
NOTHING = Typed()
ARROW = " › "


def trial_page(asked: Asked, trial: Trial, *, content: bytes, typed: Typed = NOTHING) -> TrialPage:
    """What a document would change, or what is wrong in it. A change of language tries it again."""
    effects = trial.effects
    return TrialPage(
        language=asked.language,
        frame=replace(asked.frame("desk", form="page-form"), path=TRIAL, query=""),
        rooms=check_room(asked, "lists"),
        list=trial.list or "",
        version=trial.version,
        is_known=trial.is_known,
        faults=tuple(_fault(asked, each, trial.document) for each in trial.faults),
        changes=tuple(_change(each, asked.language) for each in trial.changes),
        begins=effects.begins,
        grace_days=effects.grace_days,
        members=effects.members,
        is_applied=effects.is_applied,
        running=effects.running,
        document=written(trial.document) if trial.document else content.decode("utf-8", "replace"),
        typed=typed,
    )


def _fault(asked: Asked, fault: Fault, document: Document) -> FaultShown:
    sentence = asked.say(f"field.{fault.code}", fault.values) or asked.say("form.invalid")
    return FaultShown(_place(fault.place, document), fault.found, sentence)


def _place(place: Place, document: Document) -> str:
    """A place as one finds it: names of the file, and entries by their place in their list with their code."""
    said, here = [], document
    for part in place:
        here = here.get(part) if isinstance(here, dict) else here[part] if _is_in(here, part) else None  # type: ignore[assignment, index]
        code = here.get("code") if isinstance(here, dict) and isinstance(part, int) else None
        number = f"{part + 1}." if isinstance(part, int) else part
        said.append(f"{number} {code}" if isinstance(code, str) else number)
    return ARROW.join(said)


def _is_in(here: object, part: str | int) -> bool:
    return isinstance(here, list) and isinstance(part, int) and part < len(here)


def _change(change: Change, language: str) -> ChangeOfEntry:
    """An entry in the reader's language, or in the first in which its name differs."""
    before = change.before or {}
    differing = [each for each in change.name if before and before[each] != change.name[each]]
    shown = language if not differing or language in differing else differing[0]
    return ChangeOfEntry(
        change.list, change.fate, change.code, change.name.get(shown, ""), before.get(shown, ""), shown,
        change.fields, _values(change),
    )  # fmt: skip


def _values(change: Change) -> tuple[Scalar | date, Scalar | date] | None:
    """Old and new, days as days."""
    if change.values is None or change.code != "in_force_from":
        return change.values
    old, new = (date.fromisoformat(str(each)) for each in change.values)
    return old, new
