"""A lesson as sections worth embedding: what the challenge was, what was tried, what came of it."""

from matchmaker.lessons.models import Lesson
from matchmaker.sentences import Passage, Section, paragraphs, passages

CONTEXT, TRIED, RESULT = "context", "tried", "result"


def sections_of(lesson: Lesson) -> list[Section]:
    """Each paragraph of each part under the title of the lesson."""
    parts = ((CONTEXT, lesson.context), (TRIED, lesson.tried), (RESULT, lesson.result))
    return [Section(field, lesson.title, part, lesson.language) for field, text in parts for part in paragraphs(text)]


def passages_of(lesson: Lesson) -> list[Passage]:
    """The passages of a lesson: sections and sentences."""
    return passages(sections_of(lesson))
