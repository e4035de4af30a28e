"""Finding the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from horizon._errors import HorizonError
from horizon._version import __version__

_checked: dict[tuple[str, int, int], str] = {}

SHIPPED = Path(__file__).parent / "bin" / "horizon"


def environment() -> dict[str, str]:
    """Return the environment that the program is run in: errors for programs to read, and BLAS on one thread, one code path.

    The C library's functions choose among several by the processor; they are told to use what every x86-64 has, so that machines
    of several kinds give the same bytes. A worker says what it makes of them, and one that differs is refused.
    """
    own = dict(os.environ)
    own["HORIZON_ERRORS"] = "json"
    own.setdefault("OPENBLAS_NUM_THREADS", "1")
    own.setdefault("OPENBLAS_CORETYPE", "Prescott")
    own.setdefault("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F")
    return own


def find_binary(path: str | os.PathLike[str] | None = None) -> str:
    """Return the path of the program of this package's version.

    It is `path`, or else what the environment variable HORIZON_BINARY names, or else what came with the package, or else the
    first `horizon` on the PATH.

    Raises:
        HorizonError: `binary` where it is not there, `version` where it is of another version.
    """
    for candidate, origin in _candidates(path):
        if candidate is None:
            continue
        if not os.access(candidate, os.X_OK) or os.path.isdir(candidate):
            raise HorizonError(
                "binary",
                f"{origin} is {candidate}, and there is no program",
                remedy="Check the path",
                file=str(candidate),
            )
        check_version(candidate)
        return candidate
    raise HorizonError(
        "binary",
        "the program horizon is neither in the package nor on the PATH",
        remedy=f"Install a platform wheel, or build horizon {__version__} and put it on the PATH or into HORIZON_BINARY",
    )


def _candidates(path: str | os.PathLike[str] | None) -> Iterator[tuple[str | None, str]]:
    yield (os.fspath(path) if path is not None else None), "binary"
    yield os.environ.get("HORIZON_BINARY") or None, "HORIZON_BINARY"
    yield (str(SHIPPED) if SHIPPED.exists() else None), "the package's program"
    yield shutil.which("horizon"), "horizon on the PATH"


def check_version(binary: str) -> None:
    """Make sure that a program is of this package's version.

    Raises:
        HorizonError: `version` where it is not, `binary` where it cannot be run.
    """
    state = os.stat(binary)
    key = (os.path.realpath(binary), state.st_mtime_ns, state.st_size)
    found = _checked.get(key)
    if found is None:
        try:
            run = subprocess.run([binary, "--version"], capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise HorizonError(
                "binary", f"{binary} cannot be run: {error}", remedy="Use the program of this platform", file=binary
            ) from error
        # The version stands on the first line; how it was built follows.
        found = run.stdout.decode(errors="replace").strip().split("\n", 1)[0].strip()
        if run.returncode != 0 or not re.fullmatch(r"\d+\.\d+\.\d+\S*", found):
            said = (found or run.stderr.decode(errors="replace").strip())[:200]
            raise HorizonError("binary", f'{binary} is not Horizon: it says "{said}"', remedy="Name another path", file=binary)
        _checked[key] = found
    if found != __version__:
        raise HorizonError(
            "version",
            f"{binary} is version {found}, and the package is {__version__}",
            remedy="Install the program and the Python package of one version",
            file=binary,
        )
