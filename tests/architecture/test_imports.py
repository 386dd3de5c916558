"""The import graph is the privacy boundary: the table of docs/architecture.md, held."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.architecture import source

# What each package may import of the app: a package, or one module of it.
MAY_IMPORT: dict[str, set[str]] = {
    "crypto": set(),
    "keyring": {"crypto"},
    "safety": set(),
    "resealing": {"keyring", "crypto"},
    "accounts": {"safety", "keyring", "crypto", "resealing"},
    "petitions": {"crypto", "keyring", "safety", "accounts.access", "resealing"},
    "drafting": {
        *("crypto", "keyring", "safety", "accounts", "petitions", "resealing"),
        # A unit that few work in tells who wrote a text that names it.
        "units.small",
    },
    "eligibility": {"crypto", "keyring", "safety", "petitions"},
    "signing": {"crypto", "keyring", "safety", "petitions"},
    "plainform": {"petitions", "eligibility.services", "signing.services", "safety", "crypto"},
    "counting": {"safety", "petitions", "signing.selectors"},
    "disclosure": {
        *("crypto", "keyring", "safety", "accounts.access", "petitions", "signing", "counting"),
    },
    "tracking": {
        *(
            "crypto",
            "keyring",
            "resealing",
            "safety",
            "accounts",
            "petitions",
            "units",
            "oversight",
        ),
        # A week that is taken is closed to every batch: figures never change afterwards.
        *("signing.selectors", "signing.steps"),
    },
    "reports": {"accounts", "oversight", "tracking", "templatetags.rings"},
    "api": {"crypto", "safety", "accounts", "units", "oversight", "tracking"},
    "outreach": {
        *("keyring", "resealing", "safety", "accounts", "units", "oversight", "tracking"),
        # The rules by which a person's name is found.
        *("drafting.flags", "drafting.unseen"),
    },
    "units": {"crypto", "keyring", "safety", "accounts", "petitions", "resealing"},
    "oversight": {"safety", "accounts", "units", "petitions"},
    "publishing": {
        *("crypto", "keyring", "safety", "accounts", "petitions", "counting", "signing.selectors"),
        *("drafting", "resealing"),
    },
    "campaigns": {
        *("crypto", "safety", "accounts", "petitions", "counting", "eligibility", "oversight"),
        # Whether a petition can open, and the version after it.
        *("publishing.gate", "publishing.versions"),
        # Whether the approval holds when a text is frozen.
        "drafting.reviewing",
        # What a petition offers to its signers must still be large enough when it freezes.
        *("units.selectors", "units.offering"),
    },
}
# Registries gather what every capability offers; errors, jobs and forms of files know nothing of any.
REGISTRIES = {"apps", "checks", "models", "tasks", "urls", "public_urls", "management"}
COMMON = {"csvfile", "errors", "jobs", "unwritten", "xlsxfile"}
CRYPTO_LIBRARIES = {"cryptography", "gmpy2", "shamir_mnemonic", "mnemonic"}


def package_of(name: str) -> str:
    """`signing` for `organizing.signing.services`; empty for the app itself."""
    return [*name.split("."), ""][1]


def is_allowed(importer: str, imported: str) -> bool:
    """Whether a module of one package may import a module, by the table."""
    inside = imported.removeprefix("organizing.").removeprefix("organizing")
    package = package_of(imported)
    if package in {"", importer, *COMMON}:
        return True
    return any(
        inside == allowed or inside.startswith(f"{allowed}.") for allowed in MAY_IMPORT[importer]
    )


@pytest.mark.parametrize("path", source.app_modules(), ids=source.name_of)
def test_imports_go_downward_by_the_table(path: Path) -> None:
    importer = package_of(source.name_of(path))
    if importer in {"", *REGISTRIES, *COMMON, "templatetags"}:
        return
    ours = [name for name in source.imports(path) if name.split(".")[0] == "organizing"]
    assert [name for name in ours if not is_allowed(importer, name)] == []


def test_every_package_of_the_app_is_in_the_table() -> None:
    packages = {package_of(name) for name in source.module_names()} - {""}
    assert packages - REGISTRIES - COMMON - {"migrations", "templatetags"} <= set(MAY_IMPORT)


def test_eligibility_and_signing_know_nothing_of_each_other() -> None:
    assert "signing" not in MAY_IMPORT["eligibility"]
    assert not {"eligibility", "accounts"} & MAY_IMPORT["signing"]
    assert not {"signing", "disclosure"} & MAY_IMPORT["campaigns"]


@pytest.mark.parametrize("path", sorted((source.APP / "crypto").glob("*.py")), ids=source.name_of)
def test_crypto_imports_no_framework(path: Path) -> None:
    tops = {name.split(".")[0] for name in source.imports(path)}
    assert tops - CRYPTO_LIBRARIES - {"organizing"} <= sys.stdlib_module_names


def test_the_table_refuses_what_it_should() -> None:
    assert not is_allowed("signing", "organizing.eligibility.models")
    assert not is_allowed("eligibility", "organizing.signing")
    assert not is_allowed("counting", "organizing.signing.models")
    assert is_allowed("counting", "organizing.signing.selectors")
    assert is_allowed("signing", "organizing.errors")


def test_nobody_reaches_a_model_by_its_name() -> None:
    users = [
        source.name_of(path)
        for path in source.app_modules()
        if "get_model(" in path.read_text(encoding="utf-8")
    ]
    assert users == []
