"""Documents as an index remembers them."""

from indexer.generation import Entry
from indexer.lexical import terms
from matchmaker.matching.ports import Document
from matchmaker.sentences import Level


def entry_of(document: Document) -> Entry:
    """A document as the index remembers it."""
    sections = " ".join(passage.text for passage in document.passages if passage.level is Level.SECTION)
    return Entry(
        subject=str(document.subject),
        id=document.id,
        version=document.version,
        language=document.language,
        facets=tuple(sorted(document.facets)),
        terms=tuple(terms(sections, document.language)),
        digests=tuple(passage.digest for passage in document.passages),
        levels=tuple(str(passage.level) for passage in document.passages),
    )
