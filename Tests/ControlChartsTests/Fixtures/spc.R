# Control charts by their definitions, every window looked at by itself. Run in this folder: Rscript spc.R
set.seed(20262)
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = format(value, digits = 15, trim = TRUE)))
mr <- function(v) { r <- abs(diff(v)); mean(r[r <= 3.267 * mean(r)]) }
windows <- function(n, k) if (n >= k) lapply(1:(n - k + 1), function(i) i:(i + k - 1)) else list()
rules <- function(y, d, reach) { n <- length(y); s <- sign(ifelse(abs(d) < 1e-12 * abs(y), 0, d))
  one <- as.numeric(abs(d) > reach); trend <- side <- near <- rep(0, n)
  for (w in windows(n, 7)) { if (all(diff(y[w]) > 0) || all(diff(y[w]) < 0)) trend[w] <- 1
    if (abs(sum(s[w])) == 7) side[w] <- 1 }
  for (w in windows(n, 3)) if (abs(sum(s[w])) == 3) { b <- w[abs(d[w]) > 2 / 3 * reach[w]]; if (length(b) >= 2) near[b] <- 1 }
  list(one = one, trend = trend, side = side, near = near) }
for (case in 1:24) { n <- sample(c(8, 15, 30, 60), 1); t <- 1:n
  if (case <= 16) { y <- round(rnorm(n, 50 + (t > n / 2) * sample(c(0, 0, 6, -8), 1) + t * sample(c(0, 0, 4, -4), 1), 4), sample(0:1, 1))
    if (case %% 3 == 0) y[n %/% 3] <- y[n %/% 3] + 30
    m <- mean(y); reach <- rep(2.66 * mr(y), n)
  } else { d <- rpois(n, sample(c(30, 400), 1)) + 5; p <- plogis(-1 + rnorm(n, 0, sample(c(0, .4), 1)) + (t > n * .6) * sample(c(0, .5), 1))
    y <- rbinom(n, d, p) / d; m <- sum(y * d) / sum(d); e <- sqrt(m * (1 - m) / d); s <- max(1, mr((y - m) / e) / 1.128); reach <- 3 * e * s
    add(case, "denominator", d); add(case, "scatter", s) }
  add(case, "value", y); add(case, "mean", m); add(case, "reach", reach)
  r <- rules(y, y - m, reach); for (k in names(r)) add(case, k, r[[k]]) }
write.csv(out, "spc.csv", row.names = FALSE, quote = FALSE)
