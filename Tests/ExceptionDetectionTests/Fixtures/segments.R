# Optimal partitions of simulated counts by plain dynamic programming over every cut; the level of each segment by a numeric
# search of the likelihood that dnbinom and dpois give. Run in this folder: Rscript segments.R
set.seed(20261)
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = format(value, digits = 15, trim = TRUE)))
for (case in 1:8) {
  n <- c(30, 36, 40, 44, 30, 36, 40, 24)[case]; kappa <- c(Inf, 8, 20, 3, Inf, 50, 8, 8)[case]
  shortest <- c(1, 3, 3, 2, 4, 3, 1, 3)[case]; beta <- c(4, 5, 8, 6, 3, 6, 7, 60)[case]
  e <- exp(.3 * cos(2 * pi * (1:n) / 12)); if (case > 4) e <- rep(1, n); e <- e / mean(e)
  cuts <- round(n * c(.35, .7)); level <- c(6, 14, 4)[1 + (1:n > cuts[1]) + (1:n > cuts[2])] * c(1, 1, 5, 1, .2, 1, 3, 1)[case]
  y <- if (is.finite(kappa)) rnbinom(n, mu = level * e, size = kappa * e) else rpois(n, level * e)
  nll <- function(i) { f <- function(l) -2 * sum(if (is.finite(kappa)) dnbinom(y[i], mu = exp(l) * e[i], size = kappa * e[i], log = TRUE)
                                               else dpois(y[i], exp(l) * e[i], log = TRUE))
    if (sum(y[i]) == 0) f(-60) else optimize(f, c(-8, 8), tol = 1e-10)$objective }
  C <- matrix(Inf, n, n); for (a in 1:n) for (b in a:n) if (b - a + 1 >= shortest) C[a, b] <- nll(a:b)
  best <- c(-beta, rep(Inf, n)); from <- rep(0, n)
  for (b in 1:n) for (a in 1:b) { v <- best[a] + C[a, b] + beta; if (v < best[b + 1] - 1e-9) { best[b + 1] <- v; from[b] <- a - 1 } }
  ch <- c(); at <- from[n]; while (at > 0) { ch <- c(at, ch); at <- from[at] }
  # The saving a change, over every number of changes: what the penalty must exceed for none to be found.
  D <- C[1, ]; crit <- 0
  for (m in 1:9) { E <- rep(Inf, n); for (b in 2:n) for (a in 2:b) E[b] <- min(E[b], D[a - 1] + C[a, b]); crit <- max(crit, (C[1, n] - E[n]) / m); D <- E }
  add(case, "count", y); add(case, "exposure", e); add(case, "size", kappa); add(case, "shortest", shortest); add(case, "penalty", beta)
  if (length(ch)) add(case, "change", ch)
  add(case, "saving", C[1, n] - (best[n + 1] - beta * length(ch))); add(case, "critical", crit)
}
write.csv(out, "segments.csv", row.names = FALSE, quote = FALSE)
