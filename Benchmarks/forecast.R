# ets, auto.arima and thetaf of R's forecast (Hyndman and Khandakar 2008) on monthly series, for Benchmarks/forecasting.py. A series that a method fails on
# is left out of what is written; printed are the wall and processor seconds of the fit. usage: Rscript forecast.R "R forecast ets" train.csv STEPS out.csv
suppressMessages(library(forecast))
args <- commandArgs(TRUE); method <- sub("R forecast ", "", args[1]); steps <- as.integer(args[3])
d <- read.csv(args[2], colClasses = c(unique_id = "character")); series <- split(d$y, factor(d$unique_id, unique(d$unique_id)))
one <- function(id) tryCatch({ y <- ts(series[[id]], frequency = 12); levels <- c(80, 95)
  f <- if (method == "thetaf") thetaf(y, steps, levels) else forecast(match.fun(method)(y), steps, levels)
  bounds <- cbind(f$lower, f$upper)[, c(1, 3, 2, 4)]
  data.frame(unique_id = id, matrix(c(f$mean, bounds), steps)) }, error = function(e) message(method, " failed on ", id, ": ", conditionMessage(e)))
none <- data.frame(unique_id = character(), matrix(0, 0, 5))
for (id in head(names(series), 2)) one(id)
before <- proc.time(); found <- do.call(rbind, c(list(none), lapply(names(series), one))); took <- proc.time() - before
cat(sprintf("[%f, %f]\n", took["elapsed"], took["user.self"] + took["sys.self"]))
names(found)[-1] <- c("mean", "lo-80", "hi-80", "lo-95", "hi-95")
write.csv(found, args[4], row.names = FALSE, quote = FALSE)
