"""Tear-off slips: a code, and the same code in a QR code, each on one slip that folds shut."""

from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from organizing.crypto.codes import print_code
from organizing.petitions.links import signing_link
from organizing.petitions.models import Petition


@dataclass(frozen=True, slots=True)
class Slip:
    """One code as printed, and its picture. Exists on the answer to one request, and nowhere else."""

    code: str
    picture: SafeString


def make_slips(petition: Petition, language: str, codes: list[str]) -> list[Slip]:
    """One slip for each code."""
    return [
        Slip(print_code(code), _picture(signing_link(petition, language, code))) for code in codes
    ]


def _picture(link: str) -> SafeString:
    drawn = segno.make(link, error="m", boost_error=False)
    # Black on white in dark mode too, or no phone reads it.
    svg = drawn.svg_inline(omitsize=True, border=3, light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308  # drawn here from our own link
