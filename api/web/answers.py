"""The page on which a person confirms an answer given by a link."""

from api.letters.answering import perform_answer, tell_answer
from api.web.frames import Asked
from api.web.views import Answer
from matchmaker.languages import WorkingLanguage


def answer_page(asked: Asked, token: str) -> Answer:
    """What would be done, with a button that does it."""
    told = tell_answer(asked.session, asked.service, token, language=WorkingLanguage(asked.language))
    return Answer(asked.language, asked.frame("answer"), token, told.sentence, told.is_done)


def answered_page(asked: Asked, token: str) -> Answer:
    """What was done."""
    with asked.service.database.transaction() as session:
        told = perform_answer(session, asked.service, token, language=WorkingLanguage(asked.language))
    return Answer(asked.language, asked.frame("answer"), token, told.sentence, told.is_done)
