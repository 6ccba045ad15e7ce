"""HTML as a tree that tests can question: strict about nesting, so that a page that closes a tag too much is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def classes(self) -> set[str]:
        return set((self.get("class") or "").split())

    @property
    def text(self) -> str:
        """All words, spaces folded; text that is kept for screen readers included."""
        return " ".join("".join(self.pieces()).split())

    def pieces(self) -> Iterator[str]:
        """The words within, with a space after what stands on a line of its own."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.pieces()
                if child.tag not in {"a", "abbr", "span", "strong"}:
                    yield " "

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, *, having: Callable[["Element"], bool] = lambda _element: True) -> list["Element"]:
        return [element for element in self.walk() if element.tag == tag and having(element)]

    def of_class(self, name: str) -> list["Element"]:
        return [element for element in self.walk() if name in element.classes]

    def one(self, tag: str) -> "Element":
        (found,) = self.all(tag)
        return found

    def by_id(self, name: str) -> "Element":
        (found,) = [element for element in self.walk() if element.get("id") == name]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("#document", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def finish(self) -> Element:
        self.close()
        assert self._open == [self.root], f"<{self._open[-1].tag}> is never closed"
        return self.root


def read_html(text: str) -> Element:
    """The tree of a page. Fails where tags do not nest."""
    reader = _Reader()
    reader.feed(text)
    return reader.finish()
