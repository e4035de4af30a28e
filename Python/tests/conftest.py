"""What the tests share: the program, or a plain skip without it, and a small panel."""

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from horizon import _binary

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def binary() -> str:
    found = os.environ.get("HORIZON_BINARY") or (str(_binary.SHIPPED) if _binary.SHIPPED.exists() else shutil.which("horizon"))
    if not found:
        pytest.skip("no horizon on the PATH or in HORIZON_BINARY: the tests that run it are left out")
    return found


def months(count: int, start: int = 2015) -> list[str]:
    return [f"{start + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


def panel(areas: int = 4, measures: tuple[str, ...] = ("Burglary", "Theft|Cycle"), count: int = 84) -> pa.Table:
    """Whole numbers with a season and a level by area: no chance in them, so that the same rows are made everywhere."""
    identifiers: list[str] = []
    dates: list[str] = []
    values: list[float] = []
    for m, measure in enumerate(measures):
        for area in range(areas):
            for i, month in enumerate(months(count)):
                wave = math.sin(2 * math.pi * (i + 2 * m) / 12)
                noise = (i * 7919 + area * 104729 + m * 1299709) % 1000 / 1000 - 0.5
                identifiers.append(f"Area {area:02d}|{measure}")
                dates.append(month)
                values.append(float(max(0, round((8 + 5 * area) * (1 + 0.3 * wave) + 6 * noise))))
    return pa.table({"unique_id": identifiers, "ds": dates, "y": values})
