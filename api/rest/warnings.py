"""What a caller should know of a text that was taken all the same."""

from babel import Locale
from pydantic import BaseModel

from api.i18n import words
from matchmaker.languages import UNDETERMINED, WorkingLanguage, is_working_language


class Warned(BaseModel):
    """A warning: its code, the words, and the values in them."""

    code: str
    detail: str
    values: dict[str, str]


def language_warnings(code: str, language: WorkingLanguage) -> list[Warned]:
    """A warning, in `language`, for a text of language `code` outside es, pt and en."""
    if is_working_language(code):
        return []
    if code == UNDETERMINED:
        return [Warned(code="language_not_known", detail=words(language, "warning.language_not_known", {}), values={})]
    name = str(Locale.parse(str(language)).languages.get(code, code))
    detail = words(language, "warning.language_outside", {"language": name})
    return [Warned(code="language_outside", detail=detail, values={"language": code})]
