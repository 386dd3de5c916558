"""What a mail relay's refusal means: not now, or never."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

_FOR_GOOD = 500


def is_for_good(error: OSError) -> bool:
    """Whether a relay will never take a mail: it knows no such mailbox, or does not want what the mail says.

    A code below 500 only puts off a sender, such as one whom it has not seen yet (RFC 5321, 4.2.1). What it has
    against the sender, or against our password, is for the operator to mend, and no answer about this mail.
    """
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= _FOR_GOOD
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= _FOR_GOOD for code, _words in error.recipients.values())
    return False
