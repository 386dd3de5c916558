"""What a timeline says in whole sentences, in the active language."""

from django.conf.locale import LANG_INFO
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.publishing.contents import Facts, How, Standing
from organizing.publishing.models import Counted

STANDINGS: dict[str, Promise] = {
    Standing.MET: gettext_lazy("Met"),
    Standing.PARTLY: gettext_lazy("Met in part"),
    Standing.REFUSED: gettext_lazy("Refused"),
    Standing.SILENT: gettext_lazy("Not answered"),
}
HOWS: dict[str, Promise] = {
    How.BY_HAND: gettext_lazy("The petition was handed over in person."),
    How.MEETING: gettext_lazy("The petition was read out at a meeting."),
    How.UNION: gettext_lazy("A union handed the petition over."),
    How.LETTER: gettext_lazy("The petition was sent as a letter."),
    How.MAIL: gettext_lazy("The petition was sent by e-mail."),
}


def band(bound: int, counted: str) -> str:
    """More than so many, as a sentence."""
    number = formats.number_format(bound, force_grouping=True)
    if counted == Counted.INDEPENDENT:
        return _(
            "More than %(number)s had signed with a proof that the employer can neither see nor fake."
        ) % {"number": number}
    return _("More than %(number)s had signed.") % {"number": number}


def named_band(name: str) -> str:
    """The same of a band's name, such as "all/1000"."""
    counted, _slash, bound = name.partition("/")
    return band(int(bound), counted)


def delivered(facts: Facts) -> str:
    """How it was delivered, and with how many signatures as far as that is public."""
    how = str(HOWS.get(facts.how, ""))
    return f"{how} {named_band(facts.band)}" if facts.band else how


def language_name(code: str) -> str:
    """A language in its own words."""
    return str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()
