"""No form makes the site write to its disk what a stranger sends."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client, RequestFactory

from organizing.safety.uploads import MOST_BYTES
from tests import factories

LARGE, FAR_TOO_LARGE = 4_000_000, MOST_BYTES + 1


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Django would put a large file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", b"a" * size, "text/csv")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["sign/", "code/", "receipt/"])
def test_a_stranger_writes_no_file_by_a_plain_form(scratch: Path, end: str) -> None:
    address = f"/p/{factories.opened().pid}/en/plain/{end}"
    answer = Client().post(address, {"words": "a", "file": file_of(LARGE)})
    assert answer.status_code == 422
    answer = Client().post(address, {"words": "a", "file": file_of(FAR_TOO_LARGE)})
    assert answer.status_code == 400
    assert list(scratch.iterdir()) == []


@pytest.mark.django_db
def test_nor_at_the_sign_in(scratch: Path) -> None:
    answer = Client().post("/accounts/login/", {"login": "robin", "file": file_of(FAR_TOO_LARGE)})
    assert answer.status_code == 400
    assert list(scratch.iterdir()) == []


def test_a_small_file_stays_in_memory(rf: RequestFactory, scratch: Path) -> None:
    request = rf.post("/", {"file": file_of(900_000)})
    assert isinstance(request.FILES["file"], InMemoryUploadedFile)
    assert list(scratch.iterdir()) == []


def test_a_large_one_is_dropped(rf: RequestFactory, scratch: Path) -> None:
    request = rf.post("/", {"file": file_of(LARGE), "name": "kept"})
    assert dict(request.POST.items()) == {"name": "kept"}
    assert not request.FILES
    assert list(scratch.iterdir()) == []
