"""Set-up does a step once, and again when what it is made from has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def source_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path / "stamps")
    path = tmp_path / "list.txt"
    path.write_text("one")
    return path


def test_a_step_is_done_once(source_file: Path) -> None:
    assert not bootstrap.is_done("step", [source_file])
    bootstrap.mark_done("step", [source_file])
    assert bootstrap.is_done("step", [source_file])


def test_a_changed_source_does_it_again(source_file: Path) -> None:
    bootstrap.mark_done("step", [source_file])
    source_file.write_text("two")
    assert not bootstrap.is_done("step", [source_file])


def test_a_removed_product_does_it_again(source_file: Path, tmp_path: Path) -> None:
    bootstrap.mark_done("step", [source_file])
    assert not bootstrap.is_done("step", [source_file], tmp_path / "built")


def test_requirements_name_a_hash_for_every_package_and_no_place_to_get_it() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        text = (root / name).read_text(encoding="utf-8")
        packages = [line for line in text.splitlines() if "==" in line]
        assert packages
        assert all(line.endswith("\\") for line in packages)
        assert "://" not in text
        assert "--find-links" not in text
