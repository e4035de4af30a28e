# ARIMA models by R's stats::arima and forecast::auto.arima: Rscript arima.R > arima.csv
# Columns: case, quantity, value. Series come with R; those named "simulated" are from the seed below.
suppressMessages({library(forecast); library(urca)})
cat("# made by arima.R, R", as.character(getRversion()), "forecast", as.character(packageVersion("forecast")), "\n")
cat("case,quantity,value\n")
row <- function(c, q, v) if (length(v)) cat(sprintf("%s,%s,%.17g\n", c, q, as.numeric(v)), sep = "")
set.seed(20)
gaps <- function(y, at) { y[at] <- NA; y }
season <- ts(10 + cumsum(rnorm(96)) / 4 + 3 * sin(2 * pi * (1:96) / 12) + rnorm(96), frequency = 12)
series <- list(
  air = AirPassengers, deaths = USAccDeaths, gas = UKgas, nile = Nile, huron = LakeHuron, lung = ldeaths,
  lh = lh, www = WWWusage, presidents = window(presidents, 1946), austres = austres,
  simulated_arma = ts(arima.sim(list(ar = c(0.6, -0.3), ma = 0.5), 120) + 20),
  simulated_walk = ts(cumsum(rnorm(80)) + 0.3 * (1:80)), simulated_season = season,
  simulated_gaps = gaps(season, c(3, 20, 21, 22, 40, 77, 90)))
for (s in names(series)) {
  y <- series[[s]]; y <- ts(c(y)[seq(min(which(!is.na(y))), max(which(!is.na(y))))], frequency = frequency(y))
  series[[s]] <- y
  row(s, "y", y); row(s, "m", frequency(y)); row(s, "differences", ndiffs(y))
  row(s, "level", ur.kpss(na.omit(c(y)), type = "mu", use.lag = trunc(3 * sqrt(sum(!is.na(y))) / 13))@teststat)
  if (frequency(y) > 1 && !anyNA(y)) row(s, "strength", forecast:::seas.heuristic(y))
  fit <- auto.arima(y, approximation = FALSE)
  row(s, "auto", c(arimaorder(fit), rep(0, 7))[1:6]); row(s, "auto_aicc", fit$aicc)
}
# Given coefficients: likelihood, and forecasts with the variance of the errors by maximum likelihood.
given <- function(s, name, order, seasonal, coef, mean = FALSE) {
  # Differences begin from states whose prior variance is kappa; what is wanted is its limit.
  fit <- arima(series[[s]], order = order, seasonal = list(order = seasonal, period = frequency(series[[s]])),
    include.mean = mean, fixed = coef, transform.pars = FALSE, method = "ML", kappa = 1e8)
  name <- paste(s, name, sep = "/")
  row(name, "order", c(order, seasonal)); row(name, "coefficients", coef[seq_len(sum(order[-2], seasonal[-2]))])
  if (mean) row(name, "constant", coef[length(coef)])
  row(name, "loglik", fit$loglik); row(name, "sigma2", fit$sigma2)
  p <- predict(fit, 24); row(name, "mean", p$pred); row(name, "se", p$se)
}
given("lh", "a", c(1, 0, 0), c(0, 0, 0), c(0.574, 2.413), TRUE)
given("lh", "b", c(2, 0, 2), c(0, 0, 0), c(0.3, 0.2, 0.4, -0.3, 2.4), TRUE)
given("huron", "a", c(3, 0, 1), c(0, 0, 0), c(0.5, 0.2, 0.1, 0.35, 579), TRUE)
given("www", "a", c(1, 1, 1), c(0, 0, 0), c(0.65, 0.53))
given("www", "b", c(0, 2, 3), c(0, 0, 0), c(-0.4, 0.2, 0.3))
given("air", "a", c(0, 1, 1), c(0, 1, 1), c(-0.4, -0.55))
given("air", "b", c(2, 1, 1), c(1, 1, 2), c(0.5, 0.2, -0.9, -0.3, 0.1, -0.5))
given("deaths", "a", c(1, 0, 2), c(2, 1, 0), c(0.7, -0.2, 0.1, -0.4, -0.3))
given("deaths", "b", c(1, 0, 1), c(1, 0, 1), c(0.8, 0.1, 0.95, -0.4, 8800), TRUE)
given("gas", "a", c(1, 1, 0), c(0, 1, 1), c(-0.3, -0.9))
given("presidents", "a", c(1, 0, 1), c(1, 0, 0), c(0.8, 0.1, 0.15, 56), TRUE)
given("presidents", "b", c(0, 1, 1), c(0, 0, 1), c(-0.2, 0.2))
given("simulated_gaps", "a", c(1, 0, 1), c(0, 0, 1), c(0.9, -0.4, 0.5, 10), TRUE)
given("simulated_gaps", "b", c(0, 1, 2), c(1, 0, 0), c(-0.5, -0.1, 0.6))
given("simulated_gaps", "c", c(0, 1, 1), c(0, 1, 1), c(-0.7, -0.6))
given("simulated_gaps", "d", c(0, 1, 1), c(0, 1, 1), c(-0.3, -0.2))
