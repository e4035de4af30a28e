import NumericCore
import Testing

@testable import Forecasting

@Suite struct CESSearchTests {
  /// A season of 4 about a level, with gaps.
  static let values: [Double] = {
    var random = RandomSource(seed: 21)
    var level = 1.0
    var y = (0..<40).map { t -> Double in
      level += 0.02 * random.normal()
      return level + [0.1, -0.2, 0.3, -0.2][t % 4] + 0.05 * random.normal()
    }
    for t in [7, 8, 21] { y[t] = .nan }
    return y
  }()
  static let estimator = CESEstimator(values: values, m: 4)
  static let domains = [
    CESDomain.box, CESDomain.growth(.full, cycle: 4, periodsPerYear: 4),
    CESDomain.growth(.simple, cycle: 4, periodsPerYear: 4),
  ]

  /// The products' gradient against differences of the plain recursion, missing periods and all.
  @Test(arguments: CESForm.allCases) func derivativesAreThoseOfTheSum(form: CESForm) throws {
    let start = Self.estimator.start(form)
    for domain in Self.domains {
      let x = domain.clamped([1.25, 1.004, 0.4, 0.99])
      func squares(_ x: SIMD4<Double>) -> Double {
        Self.estimator.track(.init(form: form, gains: domain.gains(x), start: start, criterion: 0, aicc: 0)).squares
      }
      let found = Self.estimator.withKernel(form) {
        $0.products(form, domain.gains(x), domain.slopes(x), start: start)
      }
      let products = try #require(found)
      #expect(abs(products.squares - squares(x)) < 1e-12 * squares(x))
      for i in 0..<4 {
        var (up, down) = (x, x)
        up[i] += 1e-6
        down[i] -= 1e-6
        let difference = (squares(up) - squares(down)) / 4e-6
        #expect(abs(products.gradient[i] - difference) < 1e-6 * max(1, abs(difference)), "\(form) \(i)")
        if i >= form.gainCount { #expect(products.gradient[i] == 0) }
      }
      let rows = [products.rows.0, products.rows.1, products.rows.2, products.rows.3]
      for i in 0..<4 { for j in 0..<4 { #expect(abs(rows[i][j] - rows[j][i]) < 1e-12) } }
    }
  }

  /// Nothing near what is found is better.
  @Test(arguments: CESForm.allCases) func whatIsFoundIsAMinimum(form: CESForm) throws {
    for domain in [CESDomain.box, .growth(form, cycle: 4, periodsPerYear: 4)] {
      let estimate = try #require(Self.estimator.fit(form, domain))
      let x = domain.variables(estimate.gains)
      for i in 0..<form.gainCount {
        for step in [-0.01, 0.01] {
          var y = x
          y[i] += step
          let track = Self.estimator.track(
            .init(form: form, gains: domain.gains(domain.clamped(y)), start: estimate.start, criterion: 0, aicc: 0))
          let criterion = CESSearch.criterion(track.squares, observed: 37)
          #expect(criterion > estimate.criterion - 1e-3, "\(form) \(i) \(step)")
        }
      }
    }
  }

  /// A level left to itself grows by the factor that the variable is called after, and no faster than the bounds say.
  @Test func growthIsGrowth() {
    let domain = CESDomain.growth(.partial, cycle: 12, periodsPerYear: 12)
    for real in [0.4, 1.0, 1.3, 1.8] {
      for growth in [0.98, 1.0, 1.02] {
        let pair = CESPair(real: real, imaginary: CESPair.imaginary(real: real, growth: growth))
        #expect(abs(pair.growth - growth) < 1e-12)
        let weights = pair.weights(200)
        #expect(abs(weights[199].level / weights[198].level - growth) < 1e-9)
      }
      let most = domain.gains([real, domain.highest[1], 0.1, 1]).level.growth
      #expect(abs(most - (1 + 0.03 / 12)) < 1e-12)
    }
    // A cycle of a week is a fifty-second of a year; a simple season has the growth of a cycle.
    let week = CESDomain.growth(.simple, cycle: 7, periodsPerYear: 365).highest[1]
    #expect(abs(week - (1 + 0.03 * 7 / 365)) < 1e-12)
  }

  /// The form is chosen from figures as they are, and then fitted from figures drawn towards none.
  @Test func theSeasonIsDrawnTowardsNone() throws {
    let found = Self.estimator.select { .growth($0, cycle: 4, periodsPerYear: 4) }
    let estimate = try #require(found)
    #expect(estimate.form == .partial)
    let figures = ClassicalDecomposition(ObservedStretch.bridged(Self.values), m: 4, multiplicative: false)
    #expect(Self.estimator.start(.partial).ring == figures.figures)
    #expect(estimate.start.ring == figures.shrunken && figures.shrunken != figures.figures)
    // In its place: refitted from there, the same sum of squares.
    let criterion = CESSearch.criterion(Self.estimator.track(estimate).squares, observed: 37)
    #expect(abs(criterion - estimate.criterion) < 1e-9)
  }

  @Test func anEstimateStaysWithinItsDomain() throws {
    let rising = (0..<60).map { power(1.03, Double($0)) }
    let estimator = CESEstimator(values: rising, m: 1)
    let domain = CESDomain.growth(.none, cycle: 12, periodsPerYear: 12)
    let bounded = try #require(estimator.fit(.none, domain))
    #expect(bounded.gains.level.growth <= 1 + 0.03 / 12 + 1e-12)
    let free = try #require(estimator.fit(.none, .box))
    #expect(abs(free.gains.level.growth - 1.03) < 1e-3)
  }
}
