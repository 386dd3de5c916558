"""What is typed about a petition after it is open. A form begins with what was saved, and may be left unfinished."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from organizing.publishing.contents import Content, Facts, Words, clean
from organizing.publishing.models import Kind
from organizing.publishing.sentences import HOWS, STANDINGS

MOST_TITLE, MOST_BODY, MOST_LINE = 200, 20_000, 600
_MARKDOWN = gettext_lazy(
    "Markdown works: an empty line between paragraphs, **bold**, *italic*, - lists."
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PostForm(forms.Form):
    """What all kinds have: the version that the writer saw, and for a new post the id that it will have."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    post_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # In the language of the post, not of the page.
    spoken: tuple[str, ...] = ()

    def facts(self, before: Facts) -> Facts:
        """What is the same in every language; as it was, where the form does not ask."""
        return before

    def words(self) -> Words:
        """What was typed in this language."""
        return Words()

    def text(self, name: str) -> str:
        """One field, cleaned."""
        return clean(self.cleaned_data.get(name) or "")

    def speak(self, code: str, *, rtl: bool) -> None:
        """What is typed is in the post's language and direction; labels stay in the reader's."""
        for name in self.spoken:
            self.fields[name].widget.attrs |= {"lang": code, "dir": "rtl" if rtl else "ltr"}


class UpdateForm(PostForm):
    """An update to readers."""

    spoken = ("title", "body")
    # One line each, on as many lines as the screen needs: line ends in them are spaces once they are saved.
    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, max_length=MOST_TITLE, widget=_area(2)
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=MOST_BODY,
        help_text=_MARKDOWN,
        widget=_area(14),
    )

    def words(self) -> Words:
        return Words(" ".join(self.text("title").split()), self.text("body"))


class DeliveryForm(PostForm):
    """How the petition reached whom it is addressed to."""

    day = forms.DateField(
        label=gettext_lazy("Day of the delivery"), required=False, widget=_calendar()
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(value, label) for value, label in HOWS.items()],
    )
    band = forms.ChoiceField(
        label=gettext_lazy("With how many signatures"),
        required=False,
        help_text=gettext_lazy("Only bands that you have released already can stand here."),
    )

    def facts(self, before: Facts) -> Facts:
        data = self.cleaned_data
        return Facts(day=data["day"], how=data["how"], band=data["band"])


class AnswerForm(PostForm):
    """What the employer answered, as a whole and to each demand."""

    day = forms.DateField(
        label=gettext_lazy("Day of the answer"), required=False, widget=_calendar()
    )
    source = forms.CharField(
        label=gettext_lazy("Where it stands"),
        required=False,
        max_length=MOST_LINE,
        help_text=gettext_lazy(
            "Such as “mail to all staff”, or an address that anybody can open. It is shown as text: "
            "nobody is sent to a page that could note who came."
        ),
        widget=_area(2),
    )
    body = forms.CharField(
        label=gettext_lazy("The answer as a whole"),
        required=False,
        max_length=MOST_BODY,
        help_text=_MARKDOWN,
        widget=_area(8),
    )

    def __init__(self, *args: Any, demands: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = demands
        for place in range(len(demands)):
            self._ask(place)
        self.spoken = ("body", *(f"words_{place}" for place in range(len(demands))))

    def _ask(self, place: int) -> None:
        self.fields[f"standing_{place}"] = forms.ChoiceField(
            label=gettext_lazy("What the employer says"),
            required=False,
            choices=[("", gettext_lazy("Choose one")), *STANDINGS.items()],
        )
        self.fields[f"words_{place}"] = forms.CharField(
            label=gettext_lazy("In their words, or in yours (optional)"),
            required=False,
            max_length=MOST_LINE,
            widget=_area(2),
        )

    def to_each(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each demand with its two fields."""
        return [
            (demand, self[f"standing_{place}"], self[f"words_{place}"])
            for place, demand in enumerate(self.demands)
        ]

    def facts(self, before: Facts) -> Facts:
        standings = (self.cleaned_data[f"standing_{p}"] for p in range(len(self.demands)))
        source = " ".join(self.text("source").split())
        return Facts(day=self.cleaned_data["day"], source=source, standings=tuple(standings))

    def words(self) -> Words:
        each = (" ".join(self.text(f"words_{p}").split()) for p in range(len(self.demands)))
        demands = tuple(each)
        return Words("", self.text("body"), demands if any(demands) else ())


def initial(content: Content, language: str, base: int, post_id: UUID) -> dict[str, Any]:
    """What a form begins with."""
    facts, words = content.facts, content.says(language)
    return {
        "base": base,
        "post_id": post_id,
        "title": words.title,
        "body": words.body,
        "day": facts.day,
        "how": facts.how,
        "band": facts.band,
        "source": facts.source,
        **{f"standing_{place}": value for place, value in enumerate(facts.standings)},
        **{f"words_{place}": value for place, value in enumerate(words.demands)},
    }


def form_for(
    kind: str, demands: list[str], bands: list[tuple[str, str]], **kwargs: Any
) -> PostForm:
    """The form of a kind. `bands` are those that a delivery can name."""
    if kind == Kind.ANSWER:
        return AnswerForm(demands=demands, **kwargs)
    if kind == Kind.UPDATE:
        return UpdateForm(**kwargs)
    form = DeliveryForm(**kwargs)
    field = form.fields["band"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type alone
    field.choices = [("", gettext_lazy("No number")), *bands]
    return form
