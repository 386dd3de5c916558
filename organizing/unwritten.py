"""What is typed into a form stays out of the files in which a browser keeps it.

Firefox writes every field that does not say `autocomplete="off"` to its disk within seconds, to restore its tabs; and
every browser offers later what was typed before, also to whoever sits at the same machine then. It is the field
itself that has to say so: on the form around it Firefox overlooks it.
"""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class UnwrittenField(forms.BoundField):
    """A field as it is shown: what is typed into it is not kept, unless its widget says otherwise."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """As in Django, with `autocomplete` for text of one line or many."""
        found = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if (
            isinstance(shown, forms.TextInput | forms.Textarea)
            and "autocomplete" not in shown.attrs
        ):
            found.setdefault("autocomplete", "off")
        return found


class UnwrittenRenderer(DjangoTemplates):
    """Of all forms of the site (FORM_RENDERER)."""

    bound_field_class = UnwrittenField
