"""Time zones to choose from: one for each place that the IANA database lists, by continent, without old names."""

from itertools import groupby
from pathlib import Path
from zoneinfo import TZPATH, available_timezones

# What the fallback knows; other prefixes are older names, and offsets that nobody lives by.
_CONTINENTS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
}
Choices = list[tuple[str, str | list[tuple[str, str]]]]


def choices(now: str = "UTC") -> Choices:
    """UTC, then each continent with its places. A campaign's own zone `now` is always among them."""
    zones = sorted(_places() | ({now} - {"UTC"}))
    groups: Choices = [("UTC", "UTC")]
    for continent, some in groupby(zones, key=lambda zone: zone.partition("/")[0]):
        groups.append((continent, [(zone, _called(zone)) for zone in some]))
    return groups


def _called(zone: str) -> str:
    """“Argentina: Buenos Aires”"""
    return zone.partition("/")[2].replace("/", ": ").replace("_", " ") or zone


def _places() -> frozenset[str]:
    """The zones of the database's own table of places; where the system has none, all names by continent."""
    known = available_timezones()
    for folder in TZPATH:
        table = Path(folder, "zone.tab")
        if table.is_file():
            rows = (line.split("\t") for line in table.read_text("utf-8").splitlines())
            return frozenset(row[2] for row in rows if len(row) > 2 and row[2] in known)
    return frozenset(zone for zone in known if zone.partition("/")[0] in _CONTINENTS)
