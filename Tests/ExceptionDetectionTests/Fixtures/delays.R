# The chain ladder on the triangle of Taylor & Ashe (1983) as Mack (1993) and R's ChainLadder print it (GenIns), in thousands: development factors
# and completeness. Run in this folder: Rscript delays.R
x <- c(357848,766940,610542,482940,527326,574398,146342,139950,227229,67948,352118,884021,933894,1183289,445745,320996,527804,266172,425046,
  290507,1001799,926219,1016654,750816,146923,495992,280405,310608,1108250,776189,1562400,272482,352053,206286,443160,693190,991983,769488,
  504851,470639,396132,937085,847498,805037,705960,440832,847631,1131398,1063269,359480,1061648,1443370,376686,986608,344014) / 1000
k <- rep(1:10, 10:1); inc <- split(x, k); tri <- lapply(inc, cumsum); out <- NULL
add <- function(q, v) out <<- rbind(out, data.frame(case = 1, quantity = q, value = format(v, digits = 15, trim = TRUE)))
for (i in 1:10) for (d in seq_along(tri[[i]])) { add("period", i); add("delay", d - 1); add("total", tri[[i]][d]) }
f <- sapply(1:9, function(d) sum(sapply(1:(10 - d), function(i) tri[[i]][d + 1])) / sum(sapply(1:(10 - d), function(i) tri[[i]][d])))
add("factor", f); add("completeness", c(rev(cumprod(1 / rev(f))), 1))
write.csv(out, "delays.csv", row.names = FALSE, quote = FALSE)
