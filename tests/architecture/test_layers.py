"""Inside a capability, the file names are the layers: each imports only what lies below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture import source

LAYERS = {
    "models": 0,
    "access": 1,
    "selectors": 1,
    "retention": 1,
    "services": 2,
    "tasks": 3,
    "adapter": 3,
    "forms": 3,
    "views": 4,
    "urls": 5,
}
PEERS = {name for name, rank in LAYERS.items() if rank == 1}
MODULES = [path for path in source.app_modules() if path.parent.name in source.CAPABILITIES]
VIEWS = [path for path in MODULES if path.stem.endswith("views")]


def own_imports(path: Path) -> list[str]:
    """Modules of the same capability that this one imports."""
    own = f"organizing.{path.parent.name}."
    return [name for name in source.imports(path) if name.startswith(own)]


def layer(path: Path) -> int:
    """By its name; a module named for what it knows stands where its own imports put it."""
    if path.stem.endswith("views"):
        return LAYERS["views"]
    if path.stem in LAYERS:
        return LAYERS[path.stem]
    return max((layer(file_of(name)) for name in own_imports(path)), default=0)


def file_of(name: str) -> Path:
    """The file of a dotted name."""
    path = source.ROOT.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=source.name_of)
def test_a_layer_imports_only_what_lies_below(path: Path) -> None:
    mine, own = layer(path), own_imports(path)
    upward = [name for name in own if layer(file_of(name)) > mine]
    beside = [name for name in own if path.stem in PEERS and file_of(name).stem in PEERS]
    assert upward == []
    assert beside == []


@pytest.mark.parametrize("path", VIEWS, ids=source.name_of)
def test_a_view_has_no_orm(path: Path) -> None:
    names = {n.attr for n in ast.walk(source.parsed(path)) if isinstance(n, ast.Attribute)}
    assert not names & {"objects", "_meta", "_base_manager", "_default_manager"}


@pytest.mark.parametrize("path", VIEWS, ids=source.name_of)
def test_a_view_has_no_key_and_makes_no_cipher(path: Path) -> None:
    forbidden = ("organizing.keyring", "cryptography", "organizing.crypto.sealing")
    assert [name for name in source.imports(path) if name.startswith(forbidden)] == []


@pytest.mark.parametrize("path", MODULES, ids=source.name_of)
def test_a_service_is_called_by_keywords_and_takes_no_request(path: Path) -> None:
    if path.stem != "services":
        return
    for function in source.parsed(path).body:
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
            names = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
            annotations = [
                ast.unparse(a.annotation) for a in function.args.kwonlyargs if a.annotation
            ]
            assert "HttpRequest" not in " ".join(annotations), function.name
            assert function.returns is not None, function.name
            assert len(names) == len(function.args.kwonlyargs) or len(function.args.args) <= 2
