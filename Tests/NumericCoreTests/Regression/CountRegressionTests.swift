import NumericCore
import TestSupport
import Testing

struct CountRegressionTests {
  struct Case: Sendable {
    let name: String
    let counts: String
    let size: CountRegression.Size
    let weighted: Bool
  }

  @Test(arguments: [
    Case(name: "poisson", counts: "poisson_count", size: .poisson, weighted: false),
    Case(name: "poisson weighted", counts: "poisson_count", size: .poisson, weighted: true),
    Case(name: "nb", counts: "nb_count", size: .maximumLikelihood, weighted: false),
    Case(name: "nb weighted", counts: "nb_count", size: .maximumLikelihood, weighted: true),
    Case(name: "nb fixed 4", counts: "nb_count", size: .fixed(4), weighted: false),
  ])
  func agreesWithGLMAndGLMNB(_ example: Case) throws {
    let fixture = try RegressionFixture()
    let weights = try example.weighted ? fixture.column("w") : []
    let fit = try CountRegression(size: example.size).fit(
      fixture.design, counts: fixture.column(example.counts), offset: fixture.column("off"), weights: weights)
    let name = example.name
    for j in 0..<4 {
      #expect(agree(fit.coefficients[j], try fixture.value("\(name)/b\(j)")), "b\(j)")
      #expect(agree(fit.covariance[j, j], try fixture.value("\(name)/v\(j)"), 1e-7), "v\(j)")
    }
    #expect(agree(fit.covariance[0, 1], try fixture.value("\(name)/v01"), 1e-7))
    #expect(agree(fit.size, try fixture.value("\(name)/theta")))
    #expect(agree(fit.logLikelihood, try fixture.value("\(name)/loglik")))
    #expect(agree(fit.fitted[9], try fixture.value("\(name)/fitted10")))
    let scale = weights.isEmpty ? 1 : weights[9].squareRoot()
    let residual = try pearson(fit, fixture.column(example.counts))[9]
    #expect(agree(residual * scale, try fixture.value("\(name)/pearson10")))
    #expect(agree(fit.leverages.reduce(0, +), 4, 1e-9))
  }

  @Test func ridgeIsTheMaximumOfThePenalisedLikelihood() throws {
    let fixture = try RegressionFixture()
    let regression = CountRegression(
      size: .fixed(4),
      priors: [
        .none, .init(mean: 0.02, standardDeviation: 0.05), .init(standardDeviation: 0.1),
        .init(standardDeviation: 0.1),
      ])
    let fit = try regression.fit(fixture.design, counts: fixture.column("nb_count"), offset: fixture.column("off"))
    for j in 0..<4 { #expect(agree(fit.coefficients[j], try fixture.value("ridge/b\(j)"))) }
    #expect(fit.leverages.reduce(0, +) < 4)
  }

  @Test func sizeEstimatorsAgreeWithMASS() throws {
    let fixture = try RegressionFixture()
    let counts = try fixture.column("nb_count")
    let fitted = try CountRegression(size: .fixed(4))
      .fit(fixture.design, counts: counts, offset: fixture.column("off")).fitted
    let ones = [Double](repeating: 1, count: counts.count)
    #expect(agree(maximumLikelihoodSize(counts: counts, fitted: fitted, weights: ones), try fixture.value("theta/ml")))
    let pearson = pearsonSize(counts: counts, fitted: fitted, weights: ones, degreesOfFreedom: Double(counts.count - 4))
    #expect(agree(pearson, try fixture.value("theta/mm")))
  }

  @Test func pearsonSizeMakesChiSquaredEqualItsFreedom() throws {
    let fixture = try RegressionFixture()
    let fit = try CountRegression(size: .pearson)
      .fit(fixture.design, counts: fixture.column("nb_count"), offset: fixture.column("off"))
    #expect(
      agree(try pearson(fit, fixture.column("nb_count")).reduce(0) { $0 + $1 * $1 }, Double(fit.fitted.count - 4)))
  }

  @Test func countsWithoutOverdispersionHaveInfiniteSize() throws {
    let counts = [Double](repeating: 5, count: 30)
    let design = try Matrix(rows: 30, columns: 1, repeating: 1)
    for size in [CountRegression.Size.maximumLikelihood, .pearson] {
      let fit = try CountRegression(size: size).fit(design, counts: counts)
      #expect(fit.size == .infinity)
      #expect(agree(fit.coefficients[0], logarithm(5), 1e-12))
    }
  }

  @Test func predictionIsExactForAPoissonLevel() throws {
    let design = try Matrix(rows: 4, columns: 1, repeating: 1)
    let fit = try CountRegression(size: .poisson).fit(design, counts: [2, 3, 5, 2])
    let prediction = try fit.predict(row: [1])
    // Flat prior on the log mean: the posterior of the mean is gamma(12, 4).
    #expect(agree(prediction.mean, 3, 1e-12))
    #expect(agree(prediction.variance, 3 + 12.0 / 16, 1e-12))
    #expect(throws: CountRegressionError.self) { try fit.predict(row: [1, 2]) }
  }

  @Test func largeCountsConverge() throws {
    let counts = (0..<60).map { 1e7 * (1 + 0.1 * sine(Double($0))) }
    let design = try Matrix(columns: [counts.map { _ in 1 }, (0..<60).map { sine(Double($0)) }])
    let fit = try CountRegression(size: .poisson).fit(design, counts: counts)
    #expect(agree(fit.fitted[10], counts[10], 1e-2))
  }

  @Test func failuresAreTyped() throws {
    let design = try Matrix(rows: 3, columns: 1, repeating: 1)
    let regression = CountRegression(size: .poisson)
    #expect(throws: CountRegressionError.invalidCount) { try regression.fit(design, counts: [1, -1, 2]) }
    #expect(throws: CountRegressionError.invalidCount) { try regression.fit(design, counts: [1, .nan, 2]) }
    #expect(throws: CountRegressionError.invalidWeight) {
      try regression.fit(design, counts: [1, 1, 2], weights: [1, -1, 1])
    }
    #expect(throws: CountRegressionError.notFinite) {
      try regression.fit(design, counts: [1, 1, 2], offset: [0, .infinity, 0])
    }
    #expect(throws: CountRegressionError.self) { try regression.fit(design, counts: [1, 2]) }
    #expect(throws: CountRegressionError.invalidSize) {
      try CountRegression(size: .fixed(0)).fit(design, counts: [1, 1, 2])
    }
    #expect(throws: CountRegressionError.invalidPrior) {
      try CountRegression(size: .poisson, priors: [.init(precision: -1)]).fit(design, counts: [1, 1, 2])
    }
    let twice = try Matrix(rows: 3, columns: 2, repeating: 1)
    #expect(throws: CountRegressionError.singular(.notPositiveDefinite(order: 2))) {
      try regression.fit(twice, counts: [1, 1, 2])
    }
  }

  /// (count - mean) / sqrt(variance), one a row.
  private func pearson(_ fit: CountRegressionFit, _ counts: [Double]) -> [Double] {
    zip(counts, fit.fitted).map { ($0 - $1) / ($1 + $1 * $1 / fit.size).squareRoot() }
  }
}

struct AnscombeResidualTests {
  @Test func agreesWithNumericalIntegration() throws {
    let fixture = try RegressionFixture()
    var compared = 0
    for (key, expected) in fixture.expected where key.hasPrefix("anscombe/") {
      let numbers = key.dropFirst("anscombe/".count).split(separator: " ").compactMap { Double($0) }
      let value = anscombeResidual(count: numbers[0], mean: numbers[1], size: numbers[2])
      #expect(abs(value - expected) <= 1e-4 * abs(expected), "\(key): \(value)")
      compared += 1
    }
    #expect(compared == 6)
  }

  @Test func poissonClosedForm() {
    let expected = 1.5 * (power(8, 2.0 / 3) - power(3, 2.0 / 3)) / power(3, 1.0 / 6)
    #expect(agree(anscombeResidual(count: 8, mean: 3, size: .infinity), expected, 1e-14))
    #expect(agree(anscombeResidual(count: 8, mean: 3, size: 1e9), expected, 1e-6))
    #expect(anscombeResidual(count: 0, mean: 0, size: 2) == 0)
    #expect(anscombeResidual(count: 1, mean: 0, size: 2).isNaN)
  }
}
