"""Mails the link for a new password; the job carries an id alone."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from organizing.accounts import selectors


@shared_task(name="accounts.mail_reset", autoretry_for=(OSError,), retry_backoff=5, max_retries=6)
def mail_reset(user_id: int) -> None:
    """Sends the link to the address of the account, if there is such an account with an address."""
    user = selectors.find_user(user_id)
    if user is None or not user.email or selectors.is_at_employer(user.email, user):
        # The last: where a campaign has named the domain since, its employer would read the link.
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = settings.SITE_ORIGIN + reverse("account_reset_password_from_key", kwargs=key)
    body = _(
        "You or somebody else asked for a new password. If it was you, open this address:\n\n"
        "%(link)s\n\nIf it was not, do nothing.\n"
    )
    EmailMessage(_("A new password"), body % {"link": link}, to=[user.email]).send()
