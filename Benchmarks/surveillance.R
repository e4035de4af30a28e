# farringtonFlexible of R's surveillance (Noufaily et al. 2013) on the series that Benchmarks/surveillance.py wrote: one-sided, alpha = 0.01,
# the last LAST weeks, every one from what lies before it. usage: Rscript surveillance.R long.csv LAST out.csv
suppressMessages(library(surveillance))
args <- commandArgs(TRUE); d <- read.csv(args[1]); last <- as.integer(args[2]); out <- NULL
for (id in unique(d$unique_id)) { s <- d[d$unique_id == id, ]; n <- nrow(s)
  x <- sts(observed = s$y, epoch = as.numeric(as.Date(s$ds)), epochAsDate = TRUE, frequency = 52)
  # Four years are not five: as many years back as there are for all of the weeks tested.
  b <- min(5, floor((n - last - 27) / 52)); if (b < 1) next
  a <- tryCatch(farringtonFlexible(x, control = list(range = (n - last + 1):n, b = b, w = 3, reweight = TRUE, weightsThreshold = 2.58,
    pastWeeksNotIncluded = 26, pThresholdTrend = 1, noPeriods = 10, thresholdMethod = "nbPlugin", alpha = .01, limit54 = c(0, 4))), error = function(e) NULL)
  if (is.null(a)) next
  out <- rbind(out, data.frame(unique_id = id, ds = tail(s$ds, last), flagged = as.integer(alarms(a)[, 1]))) }
write.csv(out, args[3], row.names = FALSE, quote = FALSE)
