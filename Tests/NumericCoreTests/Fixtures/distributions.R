# Reference values of R's distribution functions: Rscript distributions.R > distributions.csv
# Columns: function, its arguments, the value. Sizes of Inf are Poisson.
cat("# made by distributions.R, R", as.character(getRversion()), "\n")
cat("f,x,a,b,value\n")
row <- function(f, x, a, b, v) cat(sprintf("%s,%.17g,%.17g,%.17g,%.17g\n", f, x, a, b, v), sep = "")
for (mu in c(0.03, 0.8, 7, 120, 45000)) for (size in c(0.3, 2, 15, 4000)) {
  q <- unique(c(0, 1, 3, qnbinom(c(.01, .2, .5, .9, .999, .999999), mu = mu, size = size)))
  row("dnbinom", q, mu, size, dnbinom(q, mu = mu, size = size, log = TRUE))
  row("pnbinom", q, mu, size, pnbinom(q, mu = mu, size = size))
  row("pnbinom_upper", q, mu, size, pnbinom(q, mu = mu, size = size, lower.tail = FALSE))
  p <- c(.001, .025, .1, .3, .5, .77, .975, .9999)
  row("qnbinom", p, mu, size, qnbinom(p, mu = mu, size = size))
}
for (mu in c(0.05, 2.5, 33, 900)) {
  q <- unique(c(0, qpois(c(.01, .5, .99, .9999999), mu)))
  row("dpois", q, mu, 0, dpois(q, mu, log = TRUE))
  row("ppois", q, mu, 0, ppois(q, mu))
  row("ppois_upper", q, mu, 0, ppois(q, mu, lower.tail = FALSE))
  p <- c(.001, .1, .5, .9, .999); row("qpois", p, mu, 0, qpois(p, mu))
}
p <- c(1e-300, 1e-20, 1e-8, .001, .025, .07, .3, .5, .6, .925, .975, 1 - 1e-9)
row("qnorm", p, 0, 0, qnorm(p))
z <- c(-30, -8, -3, -1.1, -.2, 0, .4, 2, 6); row("pnorm", z, 0, 0, pnorm(z))
for (a in c(.2, 1, 3.5, 60, 2500)) for (b in c(.4, 2, 31, 1500)) {
  x <- c(1e-6, .01, .2, .5, .83, .999, a / (a + b))
  row("pbeta", x, a, b, pbeta(x, a, b)); row("pbeta_upper", x, a, b, pbeta(x, a, b, lower.tail = FALSE))
}
for (a in c(.15, 1, 4.2, 77, 5000)) {
  x <- a * c(.01, .3, .9, 1, 1.2, 3); row("pgamma", x, a, 0, pgamma(x, a)); row("pgamma_upper", x, a, 0, pgamma(x, a, lower.tail = FALSE))
}
