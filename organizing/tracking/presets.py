"""Target lines that come with the site: what they mean, who says so, and as of when. No legal advice."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Preset:
    """A share in per cent. `day`: as of when; `url` where an authority says it itself."""

    name: str
    share: int
    label: Promise
    source: Promise
    day: date
    url: str = ""


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "cac-10",
            10,
            _("United Kingdom: members needed to apply for recognition"),
            _("Central Arbitration Committee; a regulation can lower it to 2 %"),
            date(2026, 4, 6),
            "https://www.gov.uk/government/organisations/central-arbitration-committee",
        ),
        Preset(
            "nlrb-30",
            30,
            _("United States: showing of interest for an election"),
            _("National Labor Relations Board"),
            date(2026, 11, 24),
            "https://www.nlrb.gov/about-nlrb/what-we-do/conduct-elections",
        ),
        Preset(
            "half-50",
            50,
            _("Half of everybody; a majority lies above it"),
            _("A number, no law"),
            date(2026, 11, 24),
        ),
        Preset(
            "strong-65",
            65,
            _("A strong majority, with room for those who give way under pressure"),
            _("A rule of thumb among organizers, no law"),
            date(2026, 11, 24),
        ),
    )
}
