"""What the flags say: why a place is flagged, and what could be done about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of trouble in three sentences."""

    name: Promise
    reason: Promise
    suggestion: Promise


KINDS = {
    "email": Kind(
        _("E-mail address"),
        _("It leads to one person, or to whoever wrote this."),
        _("Take it out."),
    ),
    "link": Kind(
        _("Link or internal address"),
        _("An internal page keeps a list of who opened it, and the link shows that you could."),
        _("Say in your own words what stands there."),
    ),
    "username": Kind(
        _("User name"),
        _("It is the name of one person in a system of the employer."),
        _("Write “a colleague”, or take it out."),
    ),
    "phone": Kind(_("Telephone number"), _("It leads to one person."), _("Take it out.")),
    "document": Kind(
        _("Ticket or document number"),
        _("The employer can look up who opened that ticket or document."),
        _("Say what it is about, without its number."),
    ),
    "codename": Kind(
        _("Code name"),
        _("Few people know a code name. It can show which team you are in, or be a secret."),
        _("Use the name that everybody knows, or describe it."),
    ),
    "confidential": Kind(
        _("Marked confidential"),
        _("To quote what is marked confidential can cost the job of whoever had it."),
        _("Do not quote it. Say what everybody could see for themselves."),
    ),
    "threat": Kind(
        _("Could be read as a threat"),
        _("A threat turns the story around, and can be a crime."),
        _("Say what you will do that is lawful, or leave the sentence out."),
    ),
    "claim": Kind(
        _("A lawyer would want to check this"),
        _("It says that somebody broke the law or did wrong. That must be provable."),
        _("Say what happened, and let readers judge; or write “we believe”."),
    ),
    "author": Kind(
        _("Says something about the author"),
        _("It narrows down who wrote this: a role, a team, a date."),
        _("Write “we” and “many of us” instead."),
    ),
    "name": Kind(
        _("Could be a person’s name"),
        _("A person who is named can be hurt by it, or sue."),
        _("Name the office or the decision, not the person."),
    ),
    "place": Kind(
        _("Building, floor or room"),
        _("Few people work there. It narrows down who wrote this."),
        _("Name the site or the town, or leave it out."),
    ),
    "unit": Kind(
        _("Small part of the workplace"),
        _("Few work there, or nobody has entered how many. It narrows down who wrote this."),
        _("Name a larger part that it belongs to, or leave it out."),
    ),
    "time": Kind(
        _("Exact time"),
        _("Records show who was there, wrote or called at that minute."),
        _("Write “one evening in May”, or leave the hour out."),
    ),
    "channel": Kind(
        _("Channel of a chat"),
        _("The employer can look up who is in that channel."),
        _("Write “in a chat”, or take it out."),
    ),
    "footer": Kind(
        _("Left over from a mail"),
        _("It shows which device or program this was written with."),
        _("Take it out."),
    ),
    "invisible": Kind(
        _("Characters that nobody sees"),
        _("They can be a mark that tells whose copy this was."),
        _("They are taken out when the text is saved."),
    ),
    "lookalike": Kind(
        _("Letters of another alphabet that look alike"),
        _("A letter that was exchanged can be a mark that tells whose copy this was."),
        _("Type the word anew."),
    ),
    "placeholder": Kind(
        _("Still to be filled in"),
        _("The text cannot be approved while this stands here."),
        _("Write what belongs here."),
    ),
}
