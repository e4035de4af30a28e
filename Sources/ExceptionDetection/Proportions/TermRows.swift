import NumericCore
import TimeSeries
import Wording

/// The terms of a baseline (``BaselineTerms``) as rows of a regression of proportions or values: level at the tested period, years to
/// it, seasonal pairs, known steps.
struct TermRows: Sendable {
  private let terms: BaselineTerms
  private let frequency: Frequency
  private let tested: Int
  private let paces: [Double]
  /// 1 / variance of each coefficient's prior, which is centred on 0; 0 for the level.
  let precisions: [Double]
  /// The terms in words.
  let model: String

  /// - Parameter unit: what the settings' deviations are multiples of: 1 on the log-odds scale, the scatter of a value.
  init(_ terms: BaselineTerms, tested: Period, settings: BaselineSettings, unit: Double) {
    self.terms = terms
    frequency = tested.frequency
    self.tested = tested.ordinal
    var deviations: [Double] = []
    var paces: [Double] = []
    var words: [String] = []
    if terms.trend {
      deviations.append(settings.trendDeviation)
      words.append("trend")
    }
    for cycle in terms.cycles.map({ settings.cycles(tested.frequency)[$0] }) {
      for pair in 1...cycle.pairs {
        paces.append(2 * .pi * Double(pair) / cycle.length)
        let deviation = settings.harmonicDeviations[min(pair, settings.harmonicDeviations.count) - 1]
        deviations += [deviation, deviation]
      }
    }
    if !paces.isEmpty {
      words.append(paces.count == 1 ? "a seasonal harmonic" : "\(NumberText.spelled(paces.count)) seasonal harmonics")
    }
    for step in terms.steps {
      deviations.append(settings.stepDeviation)
      words.append("a step in \(PeriodStyle.monthName.format(step))")
    }
    self.paces = paces
    precisions = [0] + deviations.map { 1 / ($0 * $0 * unit * unit) }
    model = words.isEmpty ? "level only (short history)" : ListText.joined(words)
  }

  /// The row of a period.
  func callAsFunction(_ ordinal: Int) -> [Double] {
    var row = [1.0]
    if terms.trend { row.append(Double(ordinal - tested) * nominalDays(frequency) / 365.2425) }
    for pace in paces { row += [cosine(pace * Double(ordinal)), sine(pace * Double(ordinal))] }
    for step in terms.steps { row.append(ordinal < step.ordinal ? 1 : 0) }
    return row
  }
}

/// The normal equations of a weighted, penalised regression, as they are added up.
struct NormalEquations {
  private var information: [Double]
  private var squared: [Double]
  private var gradient: [Double]
  private let precisions: [Double]
  private var order: Int { precisions.count }

  init(precisions: [Double]) {
    self.precisions = precisions
    gradient = [Double](repeating: 0, count: precisions.count)
    information = [Double](repeating: 0, count: precisions.count * precisions.count)
    squared = information
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - trust: how much the row is listened to.
  ///   - precision: 1 / variance of its working response.
  ///   - residual: working response minus its fit.
  mutating func add(_ row: [Double], trust: Double, precision: Double, residual: Double) {
    for j in row.indices {
      gradient[j] += trust * precision * residual * row[j]
      for k in row.indices {
        information[j + k * order] += trust * precision * row[j] * row[k]
        squared[j + k * order] += trust * trust * precision * row[j] * row[k]
      }
    }
  }

  /// The step from `coefficients` and, for variances, the inverse of the information with priors and the middle of the sandwich.
  ///
  /// - Throws: `LinearAlgebraError` if the coefficients are not determined.
  func solve(_ coefficients: [Double]) throws(LinearAlgebraError) -> (step: [Double], spread: Spread) {
    var total = information
    var middle = squared
    var slope = gradient
    for j in 0..<order {
      total[j + j * order] += precisions[j]
      middle[j + j * order] += precisions[j]
      slope[j] -= precisions[j] * coefficients[j]
    }
    let factor = try Cholesky(Matrix(rows: order, columns: order, elements: total))
    return (
      try factor.solve(slope),
      Spread(inverse: try factor.inverse(), middle: try Matrix(rows: order, columns: order, elements: middle))
    )
  }

  /// How sure the coefficients are.
  struct Spread {
    /// Inverse of the penalised information.
    let inverse: Matrix
    let middle: Matrix

    /// x' C x: what leverage is made of.
    func form(_ row: [Double]) -> Double { quadratic(inverse, row, row) }

    /// x' C M C x: the sampling variance of the fit at a row, trust being only how much rows are listened to.
    func variance(_ row: [Double]) -> Double {
      let image = (0..<row.count).map { j in row.indices.reduce(0) { $0 + inverse[j, $1] * row[$1] } }
      return quadratic(middle, image, image)
    }

    private func quadratic(_ matrix: Matrix, _ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for j in a.indices { for k in b.indices { sum += a[j] * matrix[j, k] * b[k] } }
      return sum
    }
  }
}
