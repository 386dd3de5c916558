"""Reads what disclosure keeps: the log of exports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.disclosure.models import ExportLog


@dataclass(frozen=True, slots=True)
class ExportLine:
    """Who, by pseudonym, exported on which day, and how often."""

    pseudonym: str
    day: date
    times: int


def export_log(petition_id: UUID) -> list[ExportLine]:
    """The exports of a petition, newest day first."""
    counted: dict[tuple[date, str], int] = {}
    for row in ExportLog.objects.filter(petition_id=petition_id):
        counted[row.day, row.pseudonym] = counted.get((row.day, row.pseudonym), 0) + 1
    newest_first = sorted(counted.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1]))
    return [ExportLine(pseudonym, day, times) for (day, pseudonym), times in newest_first]
