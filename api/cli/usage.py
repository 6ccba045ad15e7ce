"""What is wrong with a command as it was typed, and the way to its help."""

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typer.exceptions import TyperException

from api.cli.help import sign_of
from api.i18n import words
from api.saying import Say

_QUOTED = re.compile(r"['(]([^'()]*)[')]\.?$")
"""What the framework names at the end of its own sentence."""
KINDS = {"BadParameter": "value", "MissingParameter": "missing", "NoSuchOption": "no_option"}
SIGNS = {"requires": "no_value", "not take": "switch", "unexpected": "extra", "No such command": "no_command"}
"""Errors that the framework tells apart by their sentence alone."""


def usage_told(error: TyperException, say: Say, *, program: str) -> str:
    """The sentence of an error of usage; of a group without a command, its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    context = getattr(error, "ctx", None)
    message = error.format_message()
    kind = KINDS.get(type(error).__name__) or next((kind for sign, kind in SIGNS.items() if sign in message), "other")
    sentence = say(f"usage.{kind}", name=_name(error, message, say), detail=_detail(error, say))
    return f"{sentence.strip()}\n{say('usage.help', command=context.command_path if context else program)}"


def _name(error: TyperException, message: str, say: Say) -> str:
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option is None and parameter is not None:
        is_option = parameter.param_type_name == "option"
        return " / ".join(parameter.opts) if is_option else sign_of(parameter, say)
    found = _QUOTED.search(message)
    return str(option or (found[1] if found else ""))


def _detail(error: TyperException, say: Say) -> str:
    """What would be right, for a value that is not."""
    choices = getattr(getattr(error, "param", None), "type_descriptor", None)
    if choices is not None and choices.choices:
        return say("usage.choices", choices=", ".join(map(str, choices.choices)))
    return _told(error.__cause__.errors()[0], say) if isinstance(error.__cause__, ValidationError) else ""


def problems_told(error: ValidationError, say: Say) -> list[str]:
    """Each finding of pydantic as a sentence after the name of what it speaks of."""
    return [f"{'.'.join(map(str, found['loc']))}: {_told(found, say)}" for found in error.errors()]


def _told(found: ErrorDetails, say: Say) -> str:
    values = found.get("ctx", {})
    return words(say.language, f"field.{found['type']}", values) or say("usage.not_so")
