"""What each report is called in the log, where it stands under a short name that no language changes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "sites": _("units side by side"),
    "rings": _("a ring for each unit"),
    "heat": _("units by week"),
    "unit": _("one unit"),
    "total": _("the whole campaign"),
    "stalls": _("where it stalls"),
    "lined-up": _("acts side by side"),
    "counts": _("counts of a petition"),
    "contacts": _("contacts to make (once a day)"),
    "units-file": _("units and head-counts as a file"),
    "csv": _("table as CSV"),
    "xlsx": _("table as XLSX"),
    "api-total": _("the whole campaign, by an access token"),
    "api-units": _("units, by an access token"),
}
# Those that leave the site: what was taken out cannot be called back.
TAKEN_OUT = frozenset({"csv", "xlsx", "units-file", "api-total", "api-units"})


def label(report: str) -> str:
    """The name of a report for people; its short name where there is none."""
    return str(LABELS.get(report, report))
