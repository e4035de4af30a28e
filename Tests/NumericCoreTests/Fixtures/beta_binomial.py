# Tails of beta-binomials by SciPy. Run in this folder: python3 beta_binomial.py > beta_binomial.csv
from scipy.stats import betabinom, binom
print("trials,mean,size,k,log,lower,upper")
for n in (1, 9, 60, 700):
    for m in (.03, .4, .85):
        for s in (.4, 6, 150, float("inf")):
            d = betabinom(n, m * s, (1 - m) * s) if s < 1e9 else binom(n, m)
            for k in sorted({0, int(n * m), min(n - 1, int(n * m * 1.3) + 1)}):
                # Sums of probabilities: exact where the library's own tail loses digits.
                low = d.cdf(k) if s > 1e9 else sum(d.pmf(i) for i in range(k + 1))
                up = d.sf(k) if s > 1e9 else sum(d.pmf(i) for i in range(n, k, -1))
                print(f"{n},{m},{s},{k},{d.logpmf(k):.14g},{low:.14g},{up:.14g}")
