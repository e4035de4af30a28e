# Steps by generalised least squares about a level that wanders as a random walk, with dense matrices: minus twice the
# log-likelihood of each shape, its coefficients, and by how much one step more at every place would lower it (a regression
# with that step in it, not a score). Run in this folder: Rscript wander.R
set.seed(20264)
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = format(value, digits = 15, trim = TRUE)))
for (case in 1:6) {
  n <- c(24, 30, 40, 36, 50, 28)[case]; sigma <- c(0, .03, .06, .045, .015, .09)[case]; trend <- case %% 2 == 0
  steps <- list(integer(0), 10, c(8, 20), integer(0), c(12, 25, 40), 9)[[case]]
  ord <- cumsum(c(0, sample(c(1, 1, 1, 1, 3), n - 1, TRUE))); v <- 1 / runif(n, 4, 60)
  V <- sigma^2 * outer(ord, ord, pmin) + diag(v)
  x <- cumsum(c(0, rnorm(n - 1, 0, .05))) + .3 * (1:n > n / 2) + rnorm(n, 0, sqrt(v)); x <- x - mean(x)
  years <- (ord - mean(ord)) / 12
  gls <- function(W) { Vi <- solve(V); b <- solve(t(W) %*% Vi %*% W, t(W) %*% Vi %*% x); e <- x - W %*% b
    list(b = b, D = as.numeric(t(e) %*% Vi %*% e + determinant(V)$modulus)) }
  W <- cbind(rep(1, n), if (trend) years, sapply(steps, function(s) as.numeric(1:n > s)))
  if (!length(steps)) W <- cbind(rep(1, n), if (trend) years)
  f <- gls(W)
  places <- setdiff(2:(n - 2), steps)
  add(case, "ordinal", ord); add(case, "value", x); add(case, "variance", v); add(case, "deviation", sigma); add(case, "trend", as.numeric(trend))
  if (length(steps)) add(case, "step", steps)
  add(case, "deviance", f$D); add(case, "coefficient", as.numeric(f$b))
  add(case, "place", places); add(case, "lower", sapply(places, function(s) gls(cbind(W, as.numeric(1:n > s)))$D))
}
write.csv(out, "wander.csv", row.names = FALSE, quote = FALSE)
