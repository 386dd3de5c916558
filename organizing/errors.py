"""Errors of the domain. Messages for people live where they are shown."""


class DomainError(Exception):
    """Something a person or a client asked for that cannot be done."""


class NotFound(DomainError):
    """No such object, or none for this actor: the same to whoever asks."""


class Forbidden(DomainError):
    """The actor's role does not allow it."""


class Malformed(DomainError):
    """Size, version, padding, a length or an encoding is wrong."""


class WrongState(DomainError):
    """The petition is not in a state in which this can be done."""


class EmployersAddress(DomainError):
    """The address of the account is at the employer of the campaign that it would come into."""


class Refused(DomainError):
    """A proof or a signature was not accepted. Never says why: the reason could tell who signed."""


class Stale(DomainError):
    """The record version is not higher than the one held."""


class Closed(DomainError):
    """Issuing or sending has ended, or not begun."""


class WrongManifest(DomainError):
    """The manifest hash is another petition's."""


class Busy(DomainError):
    """Too many requests from one network. `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class Throttled(Busy):
    """One account reads more reports than a person would. `retry_after` in seconds."""


class Unavailable(DomainError):
    """Cannot be answered now; the same request can be sent again."""
