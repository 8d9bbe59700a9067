"""The benchmarks can be started: what they measure with is there."""

from __future__ import annotations

import importlib

import pytest
from tests.bench.__main__ import module_names


@pytest.mark.parametrize("name", module_names())
def test_benchmark_can_be_loaded(name: str) -> None:
    importlib.import_module(f"tests.bench.{name}")
