"""The site does not start on unsafe settings: neither the web server, nor a worker, nor a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from organizing import checks, keyring
from organizing.accounts.models import Campaign
from organizing.petitions import selectors
from organizing.petitions.models import Petition, PetitionText
from tests.accounts.people import make_person

ROOT = Path(__file__).resolve().parent.parent


def petition(*, demo: bool) -> Petition:
    campaign = Campaign.objects.create(name="A", demo=demo)
    return Petition.objects.create(campaign=campaign, demo=demo)


@pytest.mark.django_db
def test_debug_is_refused_beside_a_real_petition(settings: Settings) -> None:
    settings.DEBUG = True
    petition(demo=False)
    (line,) = checks.complaints_about_contents()
    assert "DEBUG=false" in line


@pytest.mark.django_db
def test_debug_beside_a_demo_passes(settings: Settings) -> None:
    settings.DEBUG = True
    petition(demo=True)
    assert checks.complaints_about_contents() == []


@pytest.mark.django_db
def test_a_real_petition_without_debug_passes() -> None:
    petition(demo=False)
    assert checks.complaints_about_contents() == []


@pytest.mark.django_db
def test_the_settings_of_these_tests_pass() -> None:
    checks.refuse_if_unsafe()


@pytest.mark.django_db
def test_an_unsafe_setting_stops_the_start_in_one_line(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(ImproperlyConfigured, match="name each host") as refusal:
        checks.refuse_if_unsafe()
    assert "\n" not in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", ["factor", "text"])
def test_another_application_key_is_refused(
    sealed: str, settings: Settings, tmp_path: Path
) -> None:
    seal_something(sealed)
    assert checks.complaints_about_contents() == []
    keyring.make_key_files(tmp_path / "others")
    settings.KEY_DIR = tmp_path / "others"
    with pytest.raises(ImproperlyConfigured, match="is not the key of this database") as refusal:
        checks.refuse_if_unsafe()
    assert "\n" not in str(refusal.value)


def seal_something(kind: str) -> None:
    if kind == "factor":
        make_person("ada")
        return
    row = PetitionText(petition=petition(demo=True), language="en", version=1)
    named = (row.petition_id, row.language, row.version)
    row.sealed = keyring.seal(b"{}", selectors.text_context(*named))
    row.save()


@pytest.mark.django_db
def test_a_database_without_anything_sealed_passes_with_any_key(
    settings: Settings, tmp_path: Path
) -> None:
    petition(demo=True)
    keyring.make_key_files(tmp_path / "others")
    settings.KEY_DIR = tmp_path / "others"
    assert checks.complaints_about_contents() == []


def start(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the site with settings of its own."""
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **own},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_keys_no_command_starts(tmp_path: Path) -> None:
    answer = start(tmp_path, "manage.py", "check")
    assert answer.returncode != 0
    assert "tools/make_keys.py" in answer.stderr.strip().splitlines()[-1]


def test_a_readable_key_stops_every_command(tmp_path: Path) -> None:
    keyring.make_key_files(tmp_path / "keys")
    (tmp_path / "keys" / "django.key").chmod(0o644)
    answer = start(tmp_path, "manage.py", "migrate", "--check")
    assert answer.returncode != 0
    assert "chmod 600" in answer.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["-c", "import config.wsgi"],
        ["-m", "celery", "-A", "config", "worker", "--pool", "solo"],
        ["-m", "celery", "-A", "config", "beat"],
    ],
    ids=["web", "worker", "beat"],
)
def test_whatever_serves_refuses_an_unsafe_host(tmp_path: Path, command: list[str]) -> None:
    keyring.make_key_files(tmp_path / "keys")
    answer = start(tmp_path, *command, ALLOWED_HOSTS="*")
    assert answer.returncode != 0
    assert "name each host" in answer.stderr
