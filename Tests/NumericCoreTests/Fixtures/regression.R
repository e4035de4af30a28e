# Reference numbers for the regression and linear-algebra tests (R 4.2, MASS 7.3). Run in this folder: Rscript regression.R
suppressMessages(library(MASS))
set.seed(20260401)
n <- 84; t <- seq_len(n)
x1 <- (t - n / 2) / 12; c1 <- cos(2 * pi * t / 12); s1 <- sin(2 * pi * t / 12)
days <- rep(c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), length.out = n); off <- log(days / 30.4375)
mu <- exp(off + 2.6 + 0.05 * x1 + 0.2 * c1 - 0.1 * s1)
poisson_count <- rpois(n, mu); nb_count <- rnbinom(n, mu = mu, size = 6); w <- round(0.5^((n - t) / 36), 6)
write.csv(data.frame(x1, c1, s1, off, w, poisson_count, nb_count), "regression-data.csv", row.names = FALSE, quote = FALSE)
out <- data.frame(case = character(), name = character(), value = numeric())
add <- function(case, name, value) out <<- rbind(out, data.frame(case, name, value = as.numeric(value)))
put <- function(case, fit, theta = Inf, ll = logLik(fit)) {
  add(case, paste0("b", 0:3), coef(fit))
  add(case, paste0("v", 0:3), diag(summary(fit, dispersion = 1)$cov.unscaled))
  add(case, "v01", summary(fit, dispersion = 1)$cov.unscaled[1, 2])
  add(case, "theta", theta); add(case, "loglik", ll); add(case, "fitted10", fitted(fit)[10])
  add(case, "pearson10", residuals(fit, "pearson")[10]) }
ctl <- glm.control(epsilon = 1e-14, maxit = 500)
p <- glm(poisson_count ~ x1 + c1 + s1 + offset(off), family = poisson, control = ctl); put("poisson", p)
pw <- suppressWarnings(glm(poisson_count ~ x1 + c1 + s1 + offset(off), family = poisson, weights = w, control = ctl))
put("poisson weighted", pw, ll = sum(w * dpois(poisson_count, fitted(pw), log = TRUE)))
nb <- glm.nb(nb_count ~ x1 + c1 + s1 + offset(off), control = ctl); put("nb", nb, nb$theta)
nbw <- suppressWarnings(glm.nb(nb_count ~ x1 + c1 + s1 + offset(off), weights = w, control = ctl))
put("nb weighted", nbw, nbw$theta, ll = sum(w * dnbinom(nb_count, mu = fitted(nbw), size = nbw$theta, log = TRUE)))
nf <- glm(nb_count ~ x1 + c1 + s1 + offset(off), family = negative.binomial(4), control = ctl)
put("nb fixed 4", nf, 4, ll = sum(dnbinom(nb_count, mu = fitted(nf), size = 4, log = TRUE)))
add("theta", "mm", theta.mm(nb_count, fitted(nf), dfr = n - 4, limit = 200, eps = 1e-12))
add("theta", "ml", theta.ml(nb_count, fitted(nf), limit = 500, eps = 1e-12))
# Ridge: maximum of the penalised likelihood by a general optimiser.
X <- cbind(1, x1, c1, s1); pen <- c(0, 1 / 0.05^2, 1 / 0.1^2, 1 / 0.1^2); m0 <- c(0, 0.02, 0, 0)
f <- function(b) -sum(dnbinom(nb_count, mu = exp(off + X %*% b), size = 4, log = TRUE)) + sum(pen * (b - m0)^2) / 2
g <- function(b) { m <- as.vector(exp(off + X %*% b)); -colSums(X * ((nb_count - m) / (1 + m / 4))) + pen * (b - m0) }
r <- optim(coef(nf), f, g, method = "BFGS", control = list(reltol = 1e-16, maxit = 5000)); add("ridge", paste0("b", 0:3), r$par)
# Anscombe residuals of the negative binomial by numerical integration.
for (a in list(c(0, 3, 2), c(1, .2, .5), c(25, 12, 6), c(4, 15, 1.5), c(900, 400, 30), c(40, 2, .7))) {
  v <- function(t) t + t^2 / a[3]
  # t = s^1.5 removes the singularity at 0
  I <- integrate(function(s) 1.5 * (1 + s^1.5 / a[3])^(-1 / 3), a[2]^(2 / 3), a[1]^(2 / 3), rel.tol = 1e-12)$value
  add("anscombe", paste(a, collapse = " "), I / v(a[2])^(1 / 6)) }
for (x in c(1e-3, .1, .5, 1, 3.7, 12, 1e5)) { add("digamma", format(x), digamma(x)); add("trigamma", format(x), trigamma(x)) }
A <- matrix(c(4, 2, .6, 2, 5, 1, .6, 1, 3), 3); b <- c(1, 2, 3)
add("solve", paste0("x", 0:2), solve(A, b)); add("solve", paste0("i", 0:8), as.vector(solve(A)))
out$value <- format(out$value, digits = 17, trim = TRUE)
write.csv(out, "regression-expected.csv", row.names = FALSE, quote = FALSE)
