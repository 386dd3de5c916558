"""The tree, or an example of one, as a file that a browser keeps."""

from collections.abc import Iterator

from django.http import HttpResponse

from organizing.errors import NotFound
from organizing.units import files

KINDS = {
    "csv": (files.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        files.write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def check_kind(kind: str) -> None:
    """Raises NotFound for a kind of file that there is none of."""
    if kind not in KINDS:
        raise NotFound


def as_file(rows: Iterator[files.Row], kind: str, name: str) -> HttpResponse:
    """Raises NotFound for a kind of file that there is none of."""
    check_kind(kind)
    write, content_type = KINDS[kind]
    response = HttpResponse(write(rows), content_type=content_type)
    # Neither the campaign nor the day: the file's name stays in lists of downloads.
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
