"""Every form of every page, as a browser without scripts would send it: found by reading the pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from tests.api.web.reading import Element

TYPED = {"text", "search", "email", "url", "tel", "number", "date", "time", "datetime-local", ""}
TICKED = {"checkbox", "radio"}
CSRF = "csrf_token"


@dataclass(frozen=True)
class Form:
    """A form that is posted. `kept`: what is sent with it unseen; `texts`: fields to type in; `choices`: lists."""

    address: str
    kept: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    choices: dict[str, list[str]] = field(default_factory=dict)
    takes_file: bool = False

    @property
    def name(self) -> tuple[str, tuple[str, ...]]:
        """Forms of the same fields and the same address but for numbers are alike."""
        path = "/".join("0" if part.isdigit() or len(part) > 30 else part for part in self.address.split("/"))
        return path.partition("?")[0], (*self.texts, *self.choices)

    def marked(self) -> dict[str, str]:
        """A word of its own in each field to type in, and the last of each list."""
        numbers = count(1)
        words = {name: f"zafir{next(numbers)}" for name in self.texts}
        return {**words, **{name: values[-1] for name, values in self.choices.items() if values}}

    def overfull(self) -> dict[str, str]:
        """More than any field takes, from its word on."""
        return {name: f"{word} {'y' * 70_000}" if name in self.texts else word for name, word in self.marked().items()}

    def empty(self) -> dict[str, str]:
        """Nothing typed, nothing chosen."""
        return dict.fromkeys(self.texts, "")

    def only(self, name: str) -> dict[str, str]:
        """One field filled, and nothing else."""
        return {**self.empty(), name: self.marked()[name]}


def forms_of(page: Element, address: str) -> Iterator[Form]:
    """The forms of a page that are posted; a button that sends elsewhere makes another form of the same fields."""
    for form in page.all("form", having=lambda each: (each.get("method") or "").lower() == "post"):
        fields = [
            *form.walk(),
            *(each for each in page.walk() if form.get("id") and each.get("form") == form.get("id")),
        ]
        yield _form(form.get("action") or address, fields)


def _form(address: str, fields: list[Element]) -> Form:
    kept: dict[str, str] = {}
    texts: list[str] = []
    choices: dict[str, list[str]] = {}
    takes_file = False
    for each in fields:
        name, kind = each.get("name") or "", each.get("type") or ""
        if not name or "disabled" in each.attributes:
            continue
        if each.tag == "textarea" or (each.tag == "input" and kind in TYPED):
            texts.append(name)
        elif each.tag == "select":
            choices[name] = [option.get("value") or "" for option in each.all("option")]
        elif each.tag == "input" and kind in TICKED:
            choices.setdefault(name, []).append(each.get("value") or "on")
        elif each.tag == "input" and kind == "file":
            takes_file = True
        elif each.tag == "input" and kind == "hidden":
            kept[name] = each.get("value") or ""
    return Form(address, kept, tuple(dict.fromkeys(texts)), choices, takes_file)


def typed_in(page: Element) -> str:
    """Everything that fields of a page hold."""
    held = [each.text for each in page.all("textarea")]
    held += [each.get("value") or "" for each in page.all("input")]
    return "\n".join(held)
