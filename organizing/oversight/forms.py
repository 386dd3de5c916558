"""Which week of the log is asked for, and which units are given."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict


def monday_asked(query: QueryDict, today: date) -> date:
    """The Monday of the week of `?week=2026-11-23`; of this week where it is no day, or one to come."""
    try:
        asked = min(date.fromisoformat(query.get("week", "")), today)
    except ValueError:
        asked = today
    return asked - timedelta(days=asked.weekday())


class UnitsForm(forms.Form):
    """Units by id, as boxes that are ticked."""

    def __init__(self, *args: Any, units: Iterable[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(unit), str(unit)) for unit in units]
        self.fields["units"] = forms.MultipleChoiceField(choices=choices, required=False)

    def ids(self) -> frozenset[UUID]:
        """What was ticked."""
        return frozenset(UUID(unit) for unit in self.cleaned_data["units"])
