# Shares expected of a tested month: the penalised, weighted likelihood maximised by optim, the intraclass correlation by moments, in turns;
# then mid-p tails of the beta-binomial mixture from lbeta. Only draws without outliers are kept. Run in this folder: Rscript share.R
set.seed(20263)
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = format(value, digits = 15, trim = TRUE)))
z5 <- c(-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806)
w5 <- c(.011257411327720689, .22207592200561266, .5333333333333333, .22207592200561266, .011257411327720689)
dbb <- function(k, n, m, s) if (is.finite(s)) exp(lchoose(n, k) + lbeta(k + m * s, n - k + (1 - m) * s) - lbeta(m * s, (1 - m) * s)) else dbinom(k, n, m)
case <- 0
while (case < 6) {
  months <- c(20, 60, 72, 30, 96, 60)[case + 1]; base <- c(.3, .6, .05, .9, .4, .25)[case + 1]; rho <- c(0, .02, .03, .01, .05, 0)[case + 1]
  o <- 2018 * 12 + 1:months; tested <- max(o) + 7; n <- rpois(months, c(40, 120, 300, 80, 60, 500)[case + 1]) + 2
  eta <- qlogis(base) + .2 * cos(2 * pi * o / 12); p <- plogis(eta); if (rho > 0) p <- rbeta(months, p * (1 / rho - 1), (1 - p) * (1 / rho - 1))
  y <- rbinom(months, n, p); w <- 2^(-(tested - o) / (3 * 365.2425 / (365.2425 / 12)))
  span <- tested - o[1]; season <- months >= 24 && span >= 24; trend <- season && span * 30.436875 / 365.2425 >= 3 && months >= 24
  row <- function(t) { x <- 1; if (trend) x <- c(x, (t - tested) * (365.2425 / 12) / 365.2425)
    if (season) for (k in 1:2) x <- c(x, cos(2 * pi * k * t / 12), sin(2 * pi * k * t / 12)); x }
  X <- t(sapply(o, row)); if (!season) X <- matrix(1, months, 1)
  centre <- (sum(w * y) + .5) / (sum(w * n) + 1); P <- c(.5 * centre * (1 - centre), if (trend) 100, if (season) c(1 / .09, 1 / .09, 1 / .0225, 1 / .0225))
  r <- 0; b <- rep(0, ncol(X)); c0 <- .910085
  for (it in 1:200) { phi <- 1 + (n - 1) * max(0, r)
    f <- function(b) { e <- qlogis(centre) + X %*% b; -sum(w / phi * (y * e - n * log1p(exp(e)))) + .5 * sum(P * b^2) }
    g <- function(b) { q <- plogis(qlogis(centre) + X %*% b); -colSums(as.vector(w / phi * (y - n * q)) * X) + P * b }
    b <- optim(b, f, g, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
    q <- as.vector(plogis(qlogis(centre) + X %*% b)); v <- n * q * (1 - q); I <- t(X) %*% (w / phi * v * X) + diag(P, length(P)); C <- solve(I)
    h <- w * v / phi * rowSums((X %*% C) * X); old <- r
    r <- sum(w * ((y - n * q)^2 / v / c0 - (1 - h))) / sum(w * (1 - h) * (n - 1)); if (abs(r - old) < 1e-13) break }
  if (any(abs(y - n * q) / sqrt(v * (1 + (n - 1) * max(0, r))) > 1.98)) next
  case <- case + 1
  M <- t(X) %*% (w^2 / phi * v * X) + diag(P, length(P)); x <- row(tested); V <- as.numeric(t(x) %*% C %*% M %*% C %*% x); L <- qlogis(centre) + sum(x * b)
  se <- sqrt(sum(w^2 * 2 * (1 + (n - 1) * max(0, r))^2)) / sum(w * (1 - h) * (n - 1))
  N <- 90; m <- plogis(L); s <- m * (1 - m); mean <- m + .5 * V * s * (1 - 2 * m)
  infl <- max(.1, 1 + (N - 1) * r); e <- min(1, (N - 1) * se / infl); own <- (pmax(1, infl * exp(e * z5 + e^2 / 2)) - 1) / (N - 1)
  total <- pmin(.999, own + (1 - own) * s * V); pm <- Reduce(`+`, lapply(1:5, function(i) w5[i] * dbb(0:N, N, mean, 1 / total[i] - 1)))
  add(case, "ordinal", o); add(case, "trials", n); add(case, "successes", y); add(case, "tested", tested)
  add(case, "logOdds", L); add(case, "variance", V); add(case, "correlation", r); add(case, "error", se); add(case, "mean", mean)
  for (k in round(N * c(base * .7, base, min(.99, base * 1.3)))) { add(case, "count", k)
    add(case, "upper", sum(pm[(0:N) > k]) + pm[k + 1] / 2); add(case, "lower", sum(pm[(0:N) < k]) + pm[k + 1] / 2) }
}
write.csv(out, "share.csv", row.names = FALSE, quote = FALSE)
