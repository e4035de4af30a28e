# Tails of the predictive distribution: negative binomials mixed over a log-normal variance ratio by five-point
# Gauss-Hermite quadrature. Run in this folder: Rscript predictive.R
z <- c(-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806)
w <- c(.011257411327720689, .22207592200561266, .5333333333333333, .22207592200561266, .011257411327720689)
g <- expand.grid(mean = c(.05, .8, 6, 42, 900), spread = c(.001, .04, .3), inverse = c(0, .02, .6), error = c(0, .05))
rows <- do.call(rbind, lapply(seq_len(nrow(g)), function(i) { a <- g[i, ]
  ratio <- max(.1, 1 + a$mean * a$inverse); e <- min(1, a$mean * a$error / ratio)
  v <- a$mean * pmax(1, ratio * exp(e * z + e^2 / 2)) + a$mean^2 * a$spread
  size <- ifelse(v > a$mean, a$mean^2 / (v - a$mean), Inf)
  for (k in round(c(a$mean * 1.5 + 2, a$mean * .6))) {
    r <- cbind(a, count = k, upper = sum(w * pnbinom(k - 1, mu = a$mean, size = size, lower.tail = FALSE)),
      lower = sum(w * pnbinom(k, mu = a$mean, size = size))); rr <- if (exists("rr", inherits = FALSE)) rbind(rr, r) else r }
  rr }))
rows$upper <- format(rows$upper, digits = 15, trim = TRUE); rows$lower <- format(rows$lower, digits = 15, trim = TRUE)
write.csv(rows, "predictive.csv", row.names = FALSE, quote = FALSE)
