"""What somebody is asked before others read what they typed."""

from dataclasses import dataclass
from typing import Any

from organizing.drafting import presenting, selectors, translations
from organizing.drafting.access import Seat
from organizing.drafting.content import Fields
from organizing.drafting.forms import TextForm

# Acts by which others come to read a text.
TOLD = ("save", "suggest")


@dataclass(frozen=True, slots=True)
class Demands:
    """How many demands a translation makes, and how many its source."""

    demands: int
    wanted: int


def questions(
    seat: Seat, language: str, form: TextForm, act: str, *, translates: bool
) -> dict[str, Any]:
    """What is still open, for drafting/asked.html; all of it at once, so that no answer is asked for twice."""
    fields = form.fields_typed()
    differ = _differs(seat, fields) if translates and act == "save" else None
    head = selectors.head(seat.petition.id, language)
    units = presenting.new_units(seat.petition, fields, head.fields) if act in TOLD else ()
    if not (differ and "differ" not in form.data) and not (units and "anyway" not in form.data):
        return {}
    return {"differ_asked": differ, "units_asked": units, "asked_to": act}


def follows(seat: Seat, form: TextForm) -> str:
    """The hash of the source that a translator says the text follows, if it is still the newest."""
    code = selectors.source_language(seat.petition)
    given: str = form.cleaned_data["follows"]
    return given if given and given == selectors.head(seat.petition.id, code).digest else ""


def _differs(seat: Seat, fields: Fields) -> Demands | None:
    """A translation that says that it follows must have as many demands, or a person who says why not."""
    source = selectors.head(seat.petition.id, selectors.source_language(seat.petition))
    found = Demands(translations.demands_in(fields), translations.demands_in(source.fields))
    return found if found.demands != found.wanted else None
