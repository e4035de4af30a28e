"""Sessions of Spark for the tests and the benchmark: processes of their own, as on a cluster."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

#: What every session is told. Loopback alone; files of theirs where they are thrown away.
_OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "5",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.executor.memory": "1g",
    "spark.task.maxFailures": "2",
}


@contextmanager
def session(master: str, **options: str) -> Generator[Any]:
    """Open a session; a `master` that begins with `connect:` is reached through Spark Connect."""
    from pyspark.sql import SparkSession

    folder = tempfile.mkdtemp(prefix="horizon-spark-")
    os.environ |= {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": folder,
        "SPARK_LOCAL_DIRS": folder,
        "PYSPARK_PYTHON": sys.executable,
    }
    settings = (
        _OPTIONS | {"spark.sql.warehouse.dir": f"{folder}/warehouse"} | {k.replace("__", "."): v for k, v in options.items()}
    )
    builder: Any = SparkSession.builder
    builder = builder.remote(master.removeprefix("connect:")) if master.startswith("connect:") else builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.appName("horizon").getOrCreate()
    try:
        yield made
    finally:
        made.stop()
