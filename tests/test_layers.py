"""Who may import whom: arrows point down only (docs/architecture.md draws them)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
LEAVES = {"errors", "paths", "config", "sample"}
PAGE = LEAVES | {"page"}
STORE = PAGE | {"store"}
CAPTURE = STORE | {"capture"}
FORMATS = CAPTURE | {"formats"}
MAY_IMPORT = {
    **dict.fromkeys(LEAVES, LEAVES),
    "page": PAGE,
    "store": STORE,
    "capture": CAPTURE,
    "formats": FORMATS,
    "native": FORMATS | {"native"},
    "viewer": FORMATS | {"viewer"},
    "cli": FORMATS | {"cli", "linkshot_installer"},
    "linkshot_installer": LEAVES | {"linkshot_installer"},
}
# A library that only one layer may name, as it hides what stands behind it.
OWNED = {"peewee": "store", "webview": "viewer", "playwright": "capture"}


def modules() -> Iterator[Path]:
    yield from (REPOSITORY / "host" / "linkshot").rglob("*.py")
    yield from (REPOSITORY / "installer" / "linkshot_installer").rglob("*.py")


def layer_of(name: str) -> str | None:
    """The layer of a dotted module name; None where it is none of ours."""
    first, _, rest = name.partition(".")
    if first == "linkshot_installer":
        return first
    return rest.partition(".")[0] if first == "linkshot" and rest else None


def module_name(path: Path) -> str:
    parts = path.with_suffix("").relative_to(REPOSITORY).parts[1:]
    return ".".join(parts)


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Every node of a module; imports within functions are among them."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports_of(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports() -> Iterator[str]:
    for path in modules():
        layer = layer_of(module_name(path))
        if layer is None or layer == "__init__":
            continue
        for imported in imports_of(path):
            target = layer_of(imported)
            # `from linkshot import __version__`
            if target and target != "__version__" and target not in MAY_IMPORT[layer]:
                yield f"{module_name(path)} imports {imported}"


def test_imports_point_down():
    assert sorted(wrong_imports()) == []


def test_every_folder_has_its_layer():
    found = {layer_of(module_name(path)) for path in modules()} - {"__init__", None}
    assert found <= set(MAY_IMPORT)


@pytest.mark.parametrize(("library", "owner"), OWNED.items())
def test_library_is_named_in_its_own_layer_only(library, owner):
    users = {
        layer_of(module_name(path))
        for path in modules()
        if library in {imported.partition(".")[0] for imported in imports_of(path)}
    }
    assert users <= {owner}


# Where a fault becomes an answer instead of an end: the host and the viewer have one rim each. What a
# damaged blob makes a decoder raise cannot be listed, so the store's check of itself has another.
RIMS = {"linkshot.native.router", "linkshot.viewer.app", "linkshot.store.health"}


def test_faults_are_swallowed_at_the_rims_alone():
    swallowing = {
        module_name(path)
        for path in modules()
        for node in nodes_of(path)
        if isinstance(node, ast.ExceptHandler) and is_broad(node.type) and not ends_in_raise(node)
    }
    assert swallowing <= RIMS


def is_broad(caught: ast.expr | None) -> bool:
    return caught is None or (
        isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"}
    )


def ends_in_raise(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise)
