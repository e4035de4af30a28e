"""What the program says of its command line and of the CSV it was sent, said of Python and of the frame."""

from __future__ import annotations

import csv
import io
import re

from horizon._arguments import MODELS
from horizon._errors import HorizonError

_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*[a-z])(?: ([a-z-]+))?")

#: Options that are arguments here: those of `Horizon`, and those of its methods by name.
_ARGUMENTS = {
    "--frequency": 'Horizon(freq="MS")',
    "--threads": "Horizon(n_jobs=...)",
    "--breaks": "Horizon(breaks=...)",
    "--models": "Horizon(models=...)",
    "--as-of": "as_of",
    "--horizon": "h",
    "--levels": "level",
    "--model": "model",
    "--reconcile": "method",
    "--hierarchy": "hierarchy",
    "--origins": "n_windows",
    "--step": "step_size",
    "--group-by": "group_by",
    "--last": "last",
    "--alpha": "alpha",
    "--fdr": "fdr",
    "--all": "keep_all",
    "--episodes": "episodes",
    "--explain": "explain",
    "--level": "area_level",
    "--groups": "groups",
    "--unknown-measures": "unknown_measures",
    "--harm-weights": "harm_weights",
    "--seed": "seed",
}

#: Options without a value.
_FLAGS = {"--cumulative", "--no-cumulative", "--fold-spellings", "--no-fold-spellings"}

#: Words that are values where they follow an option; any other goes on with the sentence.
_VALUES = {"sum", "refuse", "zero", "missing", "net", "keep", "drop", "check", "day-first", "month-first"}


def hint(text: str, command: str) -> str | None:
    """Return how what a text says of options of the command line is written in Python, or None where it says nothing of any."""
    ways: list[str] = []
    for option, after in _OPTION.findall(text):
        if option == "--model" and command == "backtest":
            way = "models"
        elif option in _ARGUMENTS:
            way = _ARGUMENTS[option]
        elif option in _FLAGS:
            way = f'Horizon(options=["{option}"])'
        else:
            value = f'"{after}"' if after in _VALUES else "..."
            way = f'Horizon(options=["{option}", {value}])'
        if way not in ways:
            ways.append(way)
    return f"in Python: {' or '.join(ways)}" if ways else None


def warning_in_python(text: str, command: str) -> str:
    """Return a warning of the program's with what it says of options said of Python too."""
    way = hint(text, command)
    return text if way is None else f"{text.rstrip('.')}; {way}"


def error_in_python(error: HorizonError, command: str, sent: bytes) -> HorizonError:
    """Return an error of the program's with its place in the frame, and with what it says of options said of Python too.

    Args:
        error: What the program said.
        command: The command that said it.
        sent: The CSV it was about.
    """
    _name_models(error)
    unknown = error.message.startswith(("Unknown option", "Missing value", "Unexpected argument"))
    if error.code == "usage" and unknown and error.remedy is None:
        error.remedy = f"Check options=[...] against `horizon {command} --help`"
    elif way := hint(f"{error.message} {error.remedy or ''}", command):
        error.remedy = f"{way[0].upper()}{way[1:]}" if error.remedy is None else f"{error.remedy}; {way}"
    if error.file in ("-", "standard input"):
        _place(error, sent)
    error.args = (str(error),)
    return error


def _name_models(error: HorizonError) -> None:
    """Say of a method that the program does not have which ones it has, and which is nearest to a class of statsforecast."""
    found = re.match(r"The value '([^']*)' is invalid for '--model <", error.message)
    if found is None:
        return
    remedy = error.remedy or f"Use one of {', '.join(MODELS)}"
    near = {peer.lower(): (name, peer) for name, peer in MODELS.items() if peer is not None}
    meant = [near[name.lower()] for name in found[1].split(",") if name.lower() in near]
    if meant and found[1] not in MODELS:
        said = " and ".join(f"{name} for {peer}" for name, peer in meant)
        remedy = f"{remedy}; write {said} of statsforecast"
    error.remedy = remedy


def _place(error: HorizonError, sent: bytes) -> None:
    """Name rows of the frame, counted from 0, in place of lines of the CSV."""
    lines = [] if error.line is None else [error.line]
    lines += [int(line) for text in (error.message, error.remedy or "") for line in re.findall(r"\bline (\d+)\b", text)]
    rows = _rows(sent, set(lines))

    def said(text: str) -> str:
        # What is quoted is the frame's own.
        return re.sub(
            r'"[^"]*"|\bline (\d+)\b',
            lambda found: f"row {rows[int(found[1])]}" if found[1] and int(found[1]) in rows else found[0],
            text,
        )

    error.message = said(error.message)
    error.remedy = None if error.remedy is None else said(error.remedy)
    error.file = "frame"
    error.row = None if error.line is None else rows.get(error.line)
    error.line = error.column = None


def _rows(sent: bytes, lines: set[int]) -> dict[int, int]:
    """Return the rows that lines of the CSV are in. The header is line 1, and a name may go over several lines."""
    made: dict[int, int] = {}
    if not lines:
        return made
    reader = csv.reader(io.StringIO(sent.decode(), newline=""))
    before = 0
    for position, _ in enumerate(reader):
        if position > 0:
            made.update({line: position - 1 for line in lines if before < line <= reader.line_num})
        before = reader.line_num
        if before >= max(lines):
            break
    return made
