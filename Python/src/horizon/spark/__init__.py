"""Horizon on Spark: the program runs beside every task, and the rows stay where they are.

    from horizon import spark as horizon_spark

    counts = horizon_spark.monthly_counts(incidents, area="district", measure="crime_type", date="reported")
    forecasts = horizon_spark.forecast(counts, h=12, level=[80, 95])
    horizon_spark.write(forecasts, "s3a://lake/forecasts", as_of="2025-12")

Only DataFrames and `mapInArrow` are used, so that it works with Spark Connect and where there are no RDDs. Every result has the
columns `unique_id, status, error` and then what was asked for: a series that cannot be forecast is a row that says why, and the
job goes on. Numbers are those of the program on a single machine, whatever the partitioning.
"""

from horizon.spark._counts import monthly_counts
from horizon.spark._jobs import exceptions, forecast
from horizon.spark._output import write
from horizon.spark._ship import ship

__all__ = ["exceptions", "forecast", "monthly_counts", "ship", "write"]
