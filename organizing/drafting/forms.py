"""What drafters type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizing.drafting.comments import MOST_CHARACTERS
from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.models import Part
from organizing.drafting.services import NO_TAB, Tab
from organizing.drafting.starters import STARTERS
from organizing.petitions.forms import MOST_DEMANDS, lines

MOST_TEXT = 300_000


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class TextForm(forms.Form):
    """The text in one language, and the version that the writer started from."""

    # One line each, on as many lines as the screen needs: line ends in them are spaces once they are saved.
    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, max_length=2000, widget=_area(1)
    )
    addressee = forms.CharField(
        label=gettext_lazy("Addressed to"), required=False, max_length=2000, widget=_area(1)
    )
    demands = forms.CharField(
        label=gettext_lazy("Demands"),
        required=False,
        max_length=8000,
        help_text=gettext_lazy("One on each line, twelve at most."),
        widget=_area(5),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        help_text=gettext_lazy(
            "Why. Markdown works: an empty line between paragraphs, **bold**, *italic*, - lists."
        ),
        widget=_area(22),
    )
    consent = forms.CharField(
        label=gettext_lazy("Sentence of consent"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "Whoever gives their name to the organizers agrees to this sentence, and to no more. "
            "Say what the name is used for, and by whom."
        ),
        widget=_area(3),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(required=False, max_length=400)
    follows = forms.CharField(required=False, max_length=64)
    tab = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)

    def speak(self, code: str, *, rtl: bool) -> None:
        """What is typed is in the text's language and direction; labels stay in the reader's."""
        for name in FIELDS:
            self.fields[name].widget.attrs |= {"lang": code, "dir": "rtl" if rtl else "ltr"}

    def fields_typed(self) -> Fields:
        """What was typed."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in FIELDS}

    def page(self) -> Tab:
        """The page on which it was typed."""
        data = self.cleaned_data
        return Tab(data.get("tab") or NO_TAB.id, data.get("opened", ""))

    def clean_demands(self) -> str:
        """Twelve demands at most."""
        text: str = self.cleaned_data["demands"]
        if len(lines(text)) > MOST_DEMANDS:
            raise ValidationError(
                _("There are %(number)s demands here. Twelve are the most: join some of them."),
                params={"number": len(lines(text))},
            )
        return text


class StartForm(forms.Form):
    """A post, a text to begin with, or both."""

    post = forms.CharField(
        label=gettext_lazy("The post"),
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        help_text=gettext_lazy(
            "Paste it here. It is looked through on this page; nothing is sent anywhere else."
        ),
        widget=_area(16),
    )
    starter = forms.ChoiceField(
        label=gettext_lazy("A text to begin with"),
        required=False,
        initial="",
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("None: only the post")),
            *((starter.slug, starter.name) for starter in STARTERS),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("post") or "").strip() and not data.get("starter"):
            raise ValidationError(_("Paste a post, or choose a text to begin with."))
        return data


class CommentForm(forms.Form):
    """A comment, and the words that it is about."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"), max_length=MOST_CHARACTERS, widget=_area(3)
    )
    quote = forms.CharField(
        label=gettext_lazy("About which words"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("Copy them from the text. Empty for the whole text."),
        widget=_area(2),
    )
    field = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """One more remark."""

    text = forms.CharField(max_length=MOST_CHARACTERS)


class InviteForm(forms.Form):
    """What a co-drafter may do, and whom the link is for."""

    part = forms.ChoiceField(
        label=gettext_lazy("What they may do"),
        widget=forms.RadioSelect,
        choices=[
            (Part.EDIT, gettext_lazy("Edit: changes the text")),
            (Part.SUGGEST, gettext_lazy("Suggest: proposes changes that others accept")),
            (Part.COMMENT, gettext_lazy("Comment: writes beside the text")),
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("Your note (optional)"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "So that you know this link from the others. Never a name: write “night shift”."
        ),
    )


class PartForm(forms.Form):
    """Another part for a co-drafter."""

    part = forms.ChoiceField(choices=Part.choices)


class ReasonForm(forms.Form):
    """Why a text is rejected or sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        help_text=gettext_lazy("Everybody who writes at this petition reads it."),
        widget=_area(3),
    )


class ImportForm(forms.Form):
    """What stands in a Markdown file that was exported here. The file itself stays on the writer's device."""

    text = forms.CharField(
        label=gettext_lazy("Content of the file"),
        max_length=MOST_TEXT,
        strip=False,
        widget=_area(10, spellcheck="false", dir="auto"),
    )
