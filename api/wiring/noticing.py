"""What the alliance has laid down, as this process knows it."""

from pathlib import Path

from matchmaker.publishing.book import Book, open_book
from matchmaker.store.database import Database
from matchmaker.taxonomy.queries import newest_number, published_versions


class Shelf:
    """Holds the book in force. Any process may publish a version: each request and each round looks for one first.

    To look is one small statement; the book is read anew only when there is a newer version.
    """

    def __init__(self, directory: Path, database: Database) -> None:
        self._directory, self._database = directory, database
        self._book: Book | None = None

    @property
    def book(self) -> Book:
        """The book as it was when somebody looked last."""
        return self._book or self.look()

    def look(self) -> Book:
        """The book as it is now."""
        with self._database.reading() as session:
            if self._book is None or newest_number(session) != self._book.number:
                self._book = open_book(self._directory, published_versions(session))
        return self._book
