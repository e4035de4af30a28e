# Models fitted by R's forecast::ets: Rscript ets.R > ets.csv
# Columns: series, model, quantity, index from 1, value. `season` is in order of time from the first period.
suppressMessages(library(forecast))
cat("# made by ets.R, R", as.character(getRversion()), "forecast", as.character(packageVersion("forecast")), "\n")
cat("series,model,quantity,i,value\n")
row <- function(s, m, q, v) if (length(v)) cat(sprintf("%s,%s,%s,%d,%.17g\n", s, m, q, seq_along(v), as.numeric(v)), sep = "")
series <- list(air = AirPassengers, deaths = USAccDeaths, gas = UKgas, nile = Nile)
models <- list(
  air = list("MNM", "MAM", "MAdM", "MAA", "AAA"), deaths = list("ANA", "AAdA", "MNA"),
  gas = list("MAM", "MNM", "AAdA"), nile = list("ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN"))
for (s in names(series)) {
  y <- series[[s]]; row(s, "", "y", y); row(s, "", "m", frequency(y))
  row(s, "", "best_aicc", ets(y)$aicc)
  for (name in models[[s]]) {
    damped <- nchar(name) == 4
    fit <- ets(y, paste0(substr(name, 1, 2), substr(name, nchar(name), nchar(name))), damped = damped)
    p <- fit$par; get <- function(n, other) if (n %in% names(p)) p[[n]] else other
    trend <- substr(name, 2, 2) == "A"; start <- fit$initstate
    row(s, name, "smoothing", c(p[["alpha"]], get("beta", 0), get("gamma", 0), get("phi", if (trend) 1 else 0)))
    row(s, name, "level", start[["l"]]); if (trend) row(s, name, "trend", start[["b"]])
    row(s, name, "season", rev(start[grepl("^s", names(start))]))
    row(s, name, "loglik", fit$loglik); row(s, name, "aicc", fit$aicc); row(s, name, "sigma2", fit$sigma2)
    row(s, name, "fitted", fitted(fit))
    # forecast 8.20 leaves phi out of the measurement equation of damped models with a multiplicative season.
    if (name == "MAdM") next
    f <- forecast(fit, h = 30, level = c(80, 95))
    row(s, name, "mean", f$mean)
    # Its class1() writes gamma to the third state, which without a trend is the wrong one (off by a step in variance).
    if (name %in% c("ANA", "MNA")) next
    row(s, name, "upper80", f$upper[, 1]); row(s, name, "lower95", f$lower[, 2])
  }
}
