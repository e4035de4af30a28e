"""Results, written so that doing it again changes nothing."""

from __future__ import annotations

import re
from typing import Any

from pyspark.sql import functions as F  # noqa: N812

from horizon._errors import HorizonError


def write(df: Any, target: str, *, as_of: str, format: str = "parquet") -> None:  # noqa: A002 - Spark's name
    """Write results as the partition `as_of` of a table of files; what was there of that partition is replaced, and no other.

    Written again after a failure it leaves the same: files appear when all of them are there.

    Args:
        df: What `forecast` or `exceptions` made.
        target: Path.
        as_of: Period as of which it is, such as `2025-12`.
        format: Format of files.

    Raises:
        HorizonError: `usage` for an as-of that cannot be the name of a folder.
    """
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z-]{0,31}", as_of):
        raise HorizonError("usage", f"as_of {as_of!r} is no period", remedy="Write it as 2025-12")
    if "as_of" in df.columns:
        raise HorizonError("usage", "the DataFrame has a column as_of", remedy="Drop it: the partition says it")
    writer = df.withColumn("as_of", F.lit(as_of)).write.mode("overwrite").option("partitionOverwriteMode", "dynamic")
    writer.partitionBy("as_of").format(format).save(target)
