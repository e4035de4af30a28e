"""What goes wrong, as the program says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

EXIT_CODES = {"usage": 64, "data": 65, "no-input": 66, "cannot-write": 73, "try-later": 75}


class HorizonWarning(UserWarning):
    """Something a careful reader of the results must know."""


class HorizonError(Exception):
    """An error with a code, a place and a remedy.

    Attributes:
        code: `usage`, `data`, `no-input`, `cannot-write` or `try-later` of the program; of this package `binary` (the program
            is not there), `version` (it is another version's) and `stopped` (it ended by itself).
        message: What is wrong, without a full stop.
        remedy: What to do about it, or None.
        file: The file it is in, or None; `frame` for the frame that was given.
        line: Line of that file counted from 1, header included, or None; a frame has rows.
        column: Column of that line counted from 1, or None.
        row: Of a frame, the position of the row counted from 0, as of `df.iloc[row]`, whatever the index; or None. Rows that
            message and remedy name are counted so too.
        exit_code: Exit code of the program, or None.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        remedy: str | None = None,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        row: int | None = None,
        exit_code: int | None = None,
    ) -> None:
        self.code = code
        self.message = message
        self.remedy = remedy
        self.file = file
        self.line = line
        self.column = column
        self.row = row
        self.exit_code = exit_code
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ""
        if self.row is not None:
            place = f"{self.file or 'frame'}, row {self.row} (counted from 0): "
        elif self.file is not None:
            parts = [self.file, *(str(part) for part in (self.line, self.column) if part is not None)]
            place = ":".join(parts) + ": "
        return place + self.message + ("" if self.message.endswith("?") else ".") + (f" {self.remedy}." if self.remedy else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (type(self), self.__dict__.copy()))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> HorizonError:
        """Make the error of a record of the program's."""
        code = str(record.get("kind", "data"))
        return cls(
            code,
            str(record.get("message", "unknown error")),
            remedy=record.get("remedy"),
            file=record.get("file"),
            line=record.get("line"),
            column=record.get("column"),
            exit_code=EXIT_CODES.get(code),
        )


class HorizonTypeError(HorizonError, TypeError):
    """An argument of a kind that does not say what is meant: a `usage` error, and a TypeError too."""


def _rebuilt(kind: type[HorizonError], attributes: dict[str, Any]) -> HorizonError:
    places = {key: attributes[key] for key in ("remedy", "file", "line", "column", "row", "exit_code")}
    return kind(attributes["code"], attributes["message"], **places)


def error_of_run(stderr: str, exit_code: int) -> HorizonError:
    """Make the error of what a failed run wrote."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    for line in reversed(lines):
        if line.startswith("{"):
            try:
                return HorizonError.from_record(json.loads(line))
            except ValueError:
                break
    code = next((name for name, number in EXIT_CODES.items() if number == exit_code), "stopped")
    if code == "usage":
        # Of the parser of the command line: the message, and then how the command is used.
        said = next((line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")), None)
        # What may be given stands behind the message, or on lines of its own below it.
        said, _, choices = (said or " ".join(lines[-3:]) or "wrong usage").partition(" Please provide one of ")
        listed = [line.removeprefix("  - ") for line in lines if line.startswith("  - ")]
        choices = ", ".join(listed) or choices.rstrip(".")
        return HorizonError(code, said.rstrip("."), remedy=f"Use one of {choices}" if choices else None, exit_code=exit_code)
    said = " ".join(lines[-3:]) or "it said nothing"
    ended = f"was ended by signal {-exit_code}" if exit_code < 0 else f"ended with code {exit_code}"
    return HorizonError(
        code,
        f"the program {ended}: {said}".rstrip("."),
        remedy="If memory was short, give fewer series at a time",
        exit_code=exit_code,
    )
