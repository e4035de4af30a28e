import NumericCore
import TimeSeries

/// The rows and columns of one baseline regression: which periods are learnt from, how much each counts, and the row of
/// the tested period.
struct BaselineDesign: Sendable {
  /// Periods learnt from, oldest first.
  let periods: [Period]
  let matrix: Matrix
  let counts: [Double]
  let offsets: [Double]
  /// Exponential forgetting: 1/2 per half-life before the tested period.
  let weights: [Double]
  let priors: [CountRegression.Prior]
  let testedRow: [Double]
  let testedOffset: Double
  /// The terms in words.
  let model: String

  /// The design for judging `tested`, or why it cannot be judged.
  static func make(
    _ series: Series, tested: Period, interventions: [Intervention], settings: BaselineSettings
  ) -> Result<BaselineDesign, NotTested> {
    let frequency = tested.frequency
    let last = tested - (settings.guardPeriods(frequency) + 1)
    var periods: [Period] = []
    var counts: [Double] = []
    for (i, value) in series.values.enumerated() where value.isFinite {
      let period = series.start + i
      if period > last { break }
      if interventions.contains(where: { $0.masks(period) }) { continue }
      periods.append(period)
      counts.append(value)
    }
    guard let first = periods.first, periods.count >= settings.minimumPeriods else {
      return .failure(
        NotTested(
          "there are \(periods.count) \(frequency.noun)s of usable history before it, and a test needs "
            + "\(settings.minimumPeriods)"))
    }
    let steps = interventions.filter { $0.effect == .step && $0.start <= tested && $0.start > first }
    for step in steps {
      let after = periods.count { $0 >= step.start }
      if after < settings.minimumPeriodsAfterStep {
        return .failure(
          NotTested("it is too soon after a known change to know the new level (\(step.label))"))
      }
    }
    do throws(LinearAlgebraError) {
      return .success(try BaselineDesign(periods, counts, tested, steps.map(\.start), settings))
    } catch {
      return .failure(NotTested("its baseline could not be set up (\(error))"))
    }
  }

  private init(
    _ periods: [Period], _ counts: [Double], _ tested: Period, _ steps: [Period], _ settings: BaselineSettings
  ) throws(LinearAlgebraError) {
    let frequency = tested.frequency
    let perYear = 365.2425 / nominalDays(frequency)
    let span = periods.first.map { tested - $0 } ?? 0
    let seasons = periods.count >= 2 * frequency.seasonLength && span >= 2 * frequency.seasonLength
    let years = Double(span) / perYear
    let trend = seasons && years >= 3 && periods.count >= 24 || frequency.periodsPerYear == 1

    var columns: [[Double]] = [[Double](repeating: 1, count: periods.count)]
    var row = [1.0]
    var priors: [CountRegression.Prior] = []
    var words: [String] = []

    let age = periods.map { Double(tested - $0) / perYear }
    weights = age.map { power(0.5, $0 / settings.halfLifeYears) }
    let dayAdjusted = frequency == .monthly || frequency == .quarterly
    let offset = { (period: Period) in dayAdjusted ? logarithm(Double(period.days) / nominalDays(frequency)) : 0 }
    offsets = periods.map(offset)
    testedOffset = offset(tested)

    var total = 0.5
    var exposure = 0.0
    for i in periods.indices {
      total += weights[i] * counts[i]
      exposure += weights[i] * exponential(offsets[i])
    }
    priors.append(.init(mean: logarithm(total / exposure), precision: settings.interceptPrecision))

    if trend {
      // Measured from the tested period, so that the intercept is the level there.
      columns.append(age.map { -$0 })
      row.append(0)
      priors.append(.init(standardDeviation: settings.trendDeviation))
      words.append("trend")
    }
    var pairs = 0
    if seasons {
      for cycle in settings.cycles(frequency) where Double(span) >= 2 * cycle.length {
        for pair in 1...cycle.pairs {
          let angle = { (period: Period) in 2 * Double.pi * Double(pair) * Double(period.ordinal) / cycle.length }
          columns.append(periods.map { cosine(angle($0)) })
          columns.append(periods.map { sine(angle($0)) })
          row += [cosine(angle(tested)), sine(angle(tested))]
          let deviation = settings.harmonicDeviations[min(pair, settings.harmonicDeviations.count) - 1]
          priors += [.init(standardDeviation: deviation), .init(standardDeviation: deviation)]
          pairs += 1
        }
      }
    }
    if pairs > 0 { words.append(pairs == 1 ? "a seasonal harmonic" : "\(numberWord(pairs)) seasonal harmonics") }
    for step in steps {
      // 1 before the step, so that the intercept is the level after it.
      columns.append(periods.map { $0 < step ? 1 : 0 })
      row.append(0)
      priors.append(.init(standardDeviation: settings.stepDeviation))
      words.append("a step in \(PeriodStyle.monthName.format(step))")
    }
    self.periods = periods
    self.counts = counts
    self.priors = priors
    testedRow = row
    matrix = try Matrix(columns: columns)
    model = words.isEmpty ? "level only (short history)" : listInWords(words)
  }
}

/// Why a period has no verdict, as a clause after "because".
struct NotTested: Error, Sendable {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// Mean length of a period in days.
func nominalDays(_ frequency: Frequency) -> Double {
  switch frequency {
  case .daily: 1
  case .weekly: 7
  case .monthly: 365.2425 / 12
  case .quarterly: 365.2425 / 4
  case .yearly, .financialYearly: 365.2425
  }
}
