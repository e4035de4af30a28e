"""Forecasts, exceptions and emerging risks for community safety.

The statistics are those of the program `horizon`; this package hands it frames and hands back frames of the same kind.

    from horizon import Horizon

    forecasts = Horizon().forecast(df, h=12, level=[80, 95])  # df: unique_id, ds, y

`horizon.spark` does the same on Spark.
"""

from horizon._charts import Chart, plot
from horizon._engine import Horizon
from horizon._errors import HorizonError, HorizonWarning
from horizon._version import __version__

__all__ = ["Chart", "Horizon", "HorizonError", "HorizonWarning", "__version__", "plot"]
