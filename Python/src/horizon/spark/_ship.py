"""Sending the program and the package to the executors."""

from __future__ import annotations

import os
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from horizon._binary import SHIPPED, find_binary
from horizon._version import __version__
from horizon.spark._client import ARCHIVE


def archive(folder: str | os.PathLike[str], binary: str | os.PathLike[str] | None = None) -> Path:
    """Pack the program as `spark.archives` takes it: give `PATH#horizon-engine`.

    Returns:
        The path of the archive. The program of a platform wheel goes with its libraries; of any other the executors need them.
    """
    path = Path(folder) / f"{ARCHIVE}-{__version__}.tar.gz"
    with tarfile.open(path, "w:gz", compresslevel=1) as packed:
        program = Path(find_binary(binary))
        packed.add(program, "horizon")
        # What a wheel brings along for it.
        if program == SHIPPED and (program.parent / "lib").exists():
            packed.add(program.parent / "lib", "lib")
    return path


def package(folder: str | os.PathLike[str]) -> Path:
    """Pack this package, without the program, as `pyFiles` take it."""
    path = Path(folder) / f"horizon-{__version__}.zip"
    root = Path(__file__).parents[1]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix in (".py", ".typed"):
                packed.write(file, Path("horizon") / file.relative_to(root))
    return path


def ship(spark: Any, binary: str | os.PathLike[str] | None = None) -> None:
    """Send the program and the package to every executor of a session, those that come later too.

    Args:
        spark: Session, classic or Connect.
        binary: Path of the program here; None finds it. It must run on the executors, as that of a wheel does.
    """
    folder = tempfile.mkdtemp(prefix="horizon-ship-")
    engine, code = f"{archive(folder, binary)}#{ARCHIVE}", str(package(folder))
    context = getattr(spark, "_sc", None) or getattr(spark, "sparkContext", None) if hasattr(spark, "_jsparkSession") else None
    if context is not None:
        context.addArchive(engine)
        context.addPyFile(code)
        return
    spark.addArtifacts(engine, archive=True)
    spark.addArtifacts(code, pyfile=True)
