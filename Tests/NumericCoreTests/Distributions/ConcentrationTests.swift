import NumericCore
import Testing

/// Expected values: numpy and scipy 1.x, of the arrays as they stand here:
///
///     x = np.array([...]); n = len(x); c = x.sum(); m = c / n
///     stats.chi2.sf(((x - m) ** 2 / m).sum(), n - 1)
///     y = np.sort(x) / c; max(1/c, 1/n) * (2 * (np.arange(1, n + 1) * y).sum() - n - 1) - max(n/c, 1) + 1
///     z = np.sort(rng.poisson(m, 2_000_000))[::-1]; (z.cumsum() < z.sum() / 2).mean()
@Suite struct ConcentrationTests {
  private static let counts: [Double] = [40, 3, 0, 12, 7, 1, 1, 5, 22, 9, 0, 0, 2, 6, 15, 3]

  @Test func agreesWithSciPy() throws {
    let spread = try #require(Concentration(Self.counts))
    #expect(spread.places == 16 && spread.events == 126 && spread.placesOfHalf == 3)
    #expect(abs(spread.gini - 0.616_071_428_571_428_4) < 1e-12)
    #expect(abs(spread.chance / 5.277_757_312_051_189e-37 - 1) < 1e-9)
    let few = try #require(Concentration([3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    #expect(abs(few.gini - 0.56) < 1e-12 && abs(few.chance - 0.029_455_991_090_165_504) < 1e-12)
  }

  @Test(arguments: [(0.3, 0.109_098), (2.5, 0.279_062), (8.5625, 0.368_884), (150, 0.467_496)])
  func halfByChanceIsThatOfSimulatedPlaces(mean: Double, share: Double) throws {
    let places = 10_000
    let spread = try #require(Concentration([Double](repeating: mean, count: places)))
    #expect(abs(spread.placesOfHalfByChance / Double(places) - share) < 0.0006)
  }

  @Test func limitsAreWhatTheySay() throws {
    let even = try #require(Concentration([5, 5, 5, 5]))
    #expect(abs(even.gini) < 1e-12 && even.placesOfHalf == 2 && even.chance == 1)
    let one = try #require(Concentration([0, 0, 0, 80]))
    #expect(one.gini == 0.75 && one.placesOfHalf == 1)
    // As many places as events can reach: nothing is concentrated.
    let scattered = try #require(Concentration([1, 1, 1, 0, 0, 0, 0]))
    #expect(abs(scattered.gini) < 1e-12)
    #expect(Concentration([4]) == nil && Concentration([0, 0]) == nil && Concentration([]) == nil)
    #expect(Concentration([1, -1, 5]) == nil && Concentration([1, .nan]) == nil)
  }
}

/// Expected values: scipy 1.x,
///
///     va = a.var(ddof=1) / (len(a) * a.mean() ** 2); df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
///     a.mean() / b.mean() * np.exp(np.array([-1, 1]) * stats.t.ppf(.975, df) * np.sqrt(va + vb))
@Suite struct RatioOfMeansTests {
  @Test func agreesWithSciPy() throws {
    let ratio = try #require(RatioOfMeans([12, 30, 25, 41, 8, 19], [6, 9, 14, 3, 11, 7, 5]))
    #expect(abs(ratio.ratio - 2.863_636_363_636_363_8) < 1e-12)
    #expect(abs(ratio.lower - 1.519_245_682_417_588) < 1e-7 && abs(ratio.upper - 5.397_687_364_226_116) < 1e-7)
    let other = try #require(RatioOfMeans([6, 9, 14, 3, 11, 7, 5], [12, 30, 25, 41, 8, 19]))
    #expect(abs(other.lower * ratio.upper - 1) < 1e-9)
  }

  @Test func whatHasNoRatioHasNone() {
    #expect(RatioOfMeans([1], [1, 2]) == nil && RatioOfMeans([1, 2], []) == nil)
    #expect(RatioOfMeans([1, 2], [0, 0]) == nil)
    #expect(RatioOfMeans([4, 4], [2, 2])?.upper == 2)
  }
}
