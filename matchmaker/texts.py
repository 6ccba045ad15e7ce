"""Texts that people type: what is refused, what is quietly put in order."""

import hashlib
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

NAME_CHARACTERS = 200
LINE_CHARACTERS = 400
TEXT_CHARACTERS = 20_000
"""About ten printed pages; the longest real profile in the development data has 9,000 characters."""


def tidy(text: object) -> object:
    """Give text in NFC with plain line ends and no outer white space; refuse what no reader could see or store.

    Raises a validation error of type `nul_character` or `lone_surrogate`. What is not text is left to the field.
    """
    if not isinstance(text, str):
        return text
    if "\x00" in text:
        raise PydanticCustomError("nul_character", "the text holds a NUL character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise PydanticCustomError("lone_surrogate", "the text holds half of a character (a lone surrogate)")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _has_letters(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise PydanticCustomError("no_words", "the text holds no words")
    return text


Name = Annotated[str, BeforeValidator(tidy), StringConstraints(min_length=1, max_length=NAME_CHARACTERS)]
Title = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=NAME_CHARACTERS)]
"""A name that may still be missing."""
Line = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=LINE_CHARACTERS)]
Text = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=TEXT_CHARACTERS)]
Words = Annotated[Text, AfterValidator(_has_letters)]
"""A text that says something: at least one letter of any script."""
ADDRESS_CHARACTERS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
ADDRESS = r"^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+$"
"""The HTML standard's "valid e-mail address", with letters of any script."""
EmailAddress = Annotated[
    str, BeforeValidator(tidy), StringConstraints(max_length=ADDRESS_CHARACTERS, pattern=ADDRESS, to_lower=True)
]
LanguageCode = Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=r"^[a-z]{2,3}$")]
CountryCode = Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


def draft_digest(draft: BaseModel) -> str:
    """32 hex characters that are equal for equal drafts, by which an import knows a row that it has seen."""
    return hashlib.blake2b(draft.model_dump_json().encode(), digest_size=16).hexdigest()
