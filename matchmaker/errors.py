"""Errors of the domain: a code and values. Words and HTTP statuses belong to `api`."""


class DomainError(Exception):
    """Something that the domain refuses.

    `code` names the refusal in snake_case; `values` fill the sentence that `api` writes for it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class NotFoundError(DomainError):
    """What was asked for does not exist, or the account may not know that it does."""


class NotAllowedError(DomainError):
    """The account may not do this."""


class InvalidInputError(DomainError):
    """The input cannot be used as it is; `values["field"]` says where."""


class NotReadyError(DomainError):
    """What the answer needs is still being made; `values["seconds"]` says when to ask again."""


class ConflictError(DomainError):
    """The state of things no longer allows this."""
