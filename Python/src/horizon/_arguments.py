"""What callers write, made into what the program takes. What is plainly meant is taken; the rest is refused before a run."""

from __future__ import annotations

import datetime
import numbers
import operator
import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from horizon._errors import HorizonError, HorizonTypeError

#: Aliases of pandas and polars, and the engine's own names.
FREQUENCIES = {
    "D": "daily", "1d": "daily",
    "W": "weekly", "1w": "weekly",
    "M": "monthly", "MS": "monthly", "ME": "monthly", "1mo": "monthly",
    "Q": "quarterly", "QS": "quarterly", "QE": "quarterly", "1q": "quarterly",
    "Y": "yearly", "YS": "yearly", "YE": "yearly", "A": "yearly", "1y": "yearly",
    "YS-JAN": "yearly", "YE-DEC": "yearly", "Y-DEC": "yearly", "A-DEC": "yearly",
    "YS-APR": "financial-yearly", "YE-MAR": "financial-yearly", "Y-MAR": "financial-yearly", "A-MAR": "financial-yearly",
}  # fmt: skip

#: The program's methods, each with the class of statsforecast that is nearest to it, if there is one. A test holds them
#: against what the program prints, and against the README.
MODELS: dict[str, str | None] = {
    "auto": None,
    "combination": None,
    "auto-ets": "AutoETS",
    "ces": "AutoCES",
    "auto-arima": "AutoARIMA",
    "theta": "DynamicOptimizedTheta",
    "mstl": "MSTL",
    "counts": None,
    "proportions": None,
    "tsb": "TSB",
    "croston-sba": "CrostonSBA",
    "window-average": "SeasonalWindowAverage",
    "seasonal-naive": "SeasonalNaive",
    "historic-average": "HistoricAverage",
}


def frequency_name(freq: Any) -> str:
    """Return the engine's name of a frequency, which may be an alias of pandas or polars, or an offset of pandas.

    Raises:
        HorizonError: `usage` for one that the engine does not have.
    """
    own = {*FREQUENCIES.values()}
    use = f"Use one of {', '.join(sorted(own))}, or MS, W, QS, YS, D"
    freq = getattr(freq, "freqstr", freq)
    if not isinstance(freq, str):
        raise HorizonTypeError("usage", f"freq must be text, and {freq!r} is {_kind(freq)}", remedy=use)
    if freq in own:
        return freq
    found = FREQUENCIES.get(freq) or (FREQUENCIES.get(freq.split("-")[0]) if freq.startswith(("W-", "Q")) else None)
    if found is None:
        raise HorizonError("usage", f"there is no frequency {freq!r}", remedy=use)
    return found


def level_values(level: Any) -> list[float]:
    """Return levels rising, each once. A single one will do.

    The program would take 0.8 for 0.8 per cent, an interval without width.

    Raises:
        HorizonError: `usage` for one that is no per cent from 1 to 99.99.
    """
    given = [level] if _is_number(level) else level
    values: list[Any] = list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping)) else []
    if not values or not all(_is_number(one) for one in values):
        raise HorizonTypeError(
            "usage", f"level must be per cents, and is {level!r}", remedy="Write levels such as level=[80, 95]"
        )
    if any(0 < one < 1 for one in values):
        share = next(one for one in values if 0 < one < 1)
        meant = ", ".join(_number(round(one * 100, 6) if 0 < one < 1 else one) for one in values)
        raise HorizonError(
            "usage",
            f"levels are per cent: {_number(round(share * 100, 6))}, not {_number(share)}",
            remedy=f"Write level=[{meant}]",
        )
    if not all(1 <= one <= 99.99 for one in values):
        raise HorizonError("usage", "level must be per cents from 1 to 99.99", remedy="Write levels such as level=[80, 95]")
    return sorted({float(one) for one in values})


def levels_text(level: Any) -> str:
    """Return levels as the program takes them."""
    return ",".join(_number(one) for one in level_values(level))


def _number(value: Any) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def period_text(period: Any) -> str | None:
    """Return `as_of` as text: of a date or timestamp its day, of a period of pandas its last one.

    Raises:
        HorizonError: `usage` for what is none of them.
    """
    if period is None or isinstance(period, str):
        return period
    day = getattr(period, "end_time", period)
    if type(day).__name__ == "datetime64":
        day = day.astype("datetime64[D]").item()
    if isinstance(day, datetime.date) and day == day:
        return day.isoformat()[:10]
    raise HorizonTypeError(
        "usage", f"as_of must be a period, and {period!r} is {_kind(period)}", remedy='Write as_of="2019-06", or give a date'
    )


def whole(name: str, value: Any) -> str:
    """Return a whole number as text; the program says which ones it takes.

    Raises:
        HorizonError: `usage` for what is none.
    """
    try:
        if isinstance(value, bool):
            raise TypeError
        return str(operator.index(value))
    except TypeError:
        raise HorizonTypeError(
            "usage", f"{name} must be a whole number, and {value!r} is {_kind(value)}", remedy=f"Write a number such as {name}=12"
        ) from None


def number(name: str, value: Any) -> str:
    """Return a number as text.

    Raises:
        HorizonError: `usage` for what is none.
    """
    if not _is_number(value):
        raise HorizonTypeError(
            "usage", f"{name} must be a number, and {value!r} is {_kind(value)}", remedy=f"Write a number such as {name}=0.01"
        )
    return repr(float(value))


def threads(n_jobs: Any) -> list[str]:
    """Return the option for a number of threads; None and -1 are all cores.

    Raises:
        HorizonError: `usage` for what is neither.
    """
    if n_jobs is None or n_jobs == -1:
        return []
    count = whole("n_jobs", n_jobs)
    if int(count) < 1:
        raise HorizonError("usage", f"n_jobs is {count}", remedy="Write a number of threads, or n_jobs=-1 for all cores")
    return ["--threads", count]


def model_name(model: Any) -> str:
    """Return the name of one method.

    Raises:
        HorizonError: `usage` for what is no text.
    """
    if isinstance(model, str):
        return model
    several = isinstance(model, Sequence) and all(isinstance(one, str) for one in model)
    first = model[0] if several and model else "auto"
    more = ", or call once for each of them" if several and len(model) > 1 else ""
    raise HorizonTypeError("usage", f"model must be one name, and is {_kind(model)}", remedy=f"Write model={first!r}{more}")


def model_names(models: Any) -> str:
    """Return the names of methods, or of one, as the program takes them.

    Raises:
        HorizonError: `usage` for what is no text.
    """
    given = [models] if isinstance(models, str) else models
    if not isinstance(given, Iterable) or isinstance(given, (bytes, Mapping)):
        given = []
    names: list[Any] = list(given)
    if not names or not all(isinstance(name, str) for name in names):
        raise HorizonTypeError(
            "usage", f"models must be names of methods, and is {models!r}", remedy='Write models=["auto", "theta"]'
        )
    return ",".join(names)


def option_list(options: Any) -> list[str]:
    """Return further options of the command line.

    Raises:
        HorizonError: `usage` for text that is not cut into words yet, and for what is no text.
    """
    if isinstance(options, str):
        words = ", ".join(f'"{word}"' for word in shlex.split(options))
        raise HorizonTypeError("usage", "options must be a list of words, and is text", remedy=f"Write options=[{words}]")
    words = list(options) if isinstance(options, Iterable) else []
    if not isinstance(options, Iterable) or not all(isinstance(word, str) for word in words):
        raise HorizonTypeError(
            "usage", f"options must be a list of words, and is {options!r}", remedy='Write options=["--totals", "keep"]'
        )
    return words


def hierarchy_path(hierarchy: Any) -> str:
    """Return the path of a hierarchy.

    Raises:
        HorizonError: `usage` for what is none.
    """
    if isinstance(hierarchy, (str, os.PathLike)):
        return os.fspath(hierarchy)
    raise HorizonTypeError(
        "usage",
        f"hierarchy must be a dict or a path, and is {_kind(hierarchy)}",
        remedy='Write hierarchy={"areas": [{"name": "County", "parts": ["North", "South"]}]}',
    )


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, numbers.Real)


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"an {name}" if name[0] in "aeio" else f"a {name}"
