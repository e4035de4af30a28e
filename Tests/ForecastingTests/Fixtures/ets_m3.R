# Criterion that R's forecast::ets reaches on 20 monthly series of the M3 competition (read from the real data beside
# the checkout; only the figures are kept): Rscript ets_m3.R m3_train.csv > ets_m3.csv
suppressMessages(library(forecast))
d <- read.csv(commandArgs(TRUE)[1]); ids <- unique(d$unique_id)
cat("# made by ets_m3.R, forecast", as.character(packageVersion("forecast")), "\n")
cat("unique_id,model,aicc\n")
for (id in ids[round(seq(1, length(ids), length.out = 20))]) {
  fit <- ets(ts(d$y[d$unique_id == id], frequency = 12))
  cat(sprintf("%s,%s,%.17g\n", id, gsub(",", "", fit$method), fit$aicc))
}
