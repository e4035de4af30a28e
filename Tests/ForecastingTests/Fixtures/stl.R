# Decompositions by R's stl and forecast::mstl: Rscript stl.R > stl.csv
suppressMessages(library(forecast))
cat("# made by stl.R, R", paste(R.version$major, R.version$minor, sep = "."), "forecast",
  as.character(packageVersion("forecast")), "\n")
cat("case,period,quantity,i,value\n")
put <- function(case, period, quantity, x) {
  cat(sprintf("%s,%d,%s,%d,%.17g\n", case, period, quantity, seq_along(x), as.numeric(x)), sep = "")
}
show <- function(case, y, fit) {
  put(case, frequency(y), "y", y)
  put(case, frequency(y), "seasonal", fit$time.series[, "seasonal"])
  put(case, frequency(y), "trend", fit$time.series[, "trend"])
}
set.seed(7)
wave <- function(n, m) ts(round(50 + 0.1 * seq_len(n) + 9 * sin(2 * pi * seq_len(n) / m) + cumsum(rnorm(n)) + rnorm(n, 0, 2), 3), frequency = m)
long <- wave(115, 12); outlier <- long; outlier[40] <- 900
short <- wave(9, 4); cycles <- wave(72, 12); week <- wave(60, 7)
show("long", long, stl(long, s.window = 11))
show("long degree 1", long, stl(long, s.window = 11, s.degree = 1))
show("outlier robust", outlier, stl(outlier, s.window = 11, robust = TRUE))
show("short", short, stl(short, s.window = 11))
show("cycles", cycles, stl(cycles, s.window = 7))
show("week", week, stl(week, s.window = 13, t.window = 9))
m <- mstl(long)
put("mstl", 12, "y", long); put("mstl", 12, "seasonal", m[, "Seasonal12"]); put("mstl", 12, "trend", m[, "Trend"])
weekly <- wave(160, 52)
m <- mstl(weekly)
put("mstl weekly", 52, "y", weekly); put("mstl weekly", 52, "seasonal", m[, "Seasonal52"]); put("mstl weekly", 52, "trend", m[, "Trend"])
