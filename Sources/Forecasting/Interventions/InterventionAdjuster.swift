import NumericCore
import TimeSeries

/// The series as a model should see it: windows of untypical values missing, and values before each step brought to the
/// level after it.
///
/// A step's factor is the exponential of its coefficient in a log-linear negative-binomial regression of the counts
/// within three years either side of it: level, a straight trend, annual harmonics, days in the month as exposure, and
/// one term a step. The trend, the season and the log factor have normal priors centred on 0 (see the constants below),
/// so that a factor the data cannot tell from 1 stays near 1.
///
/// A step is left unadjusted, with a nil factor, where fewer than 3 periods are observed on either side of it (up to
/// the next step), where the series is not a count, or where the regression fails.
///
/// - Returns: the adjusted series and one adjustment an intervention, in the order given.
public func adjustForInterventions(
  _ series: Series, _ interventions: [Intervention]
) -> (series: Series, adjustments: [InterventionAdjustment]) {
  // Most series have none: theirs is returned as it is, sharing its values.
  if interventions.isEmpty { return (series, []) }
  let known = interventions.filter { $0.start.frequency == series.start.frequency }
  var values = series.values
  for i in values.indices where known.contains(where: { $0.masks(series.start + i) }) { values[i] = .nan }
  let steps = Set(known.filter { $0.effect == .step }.map(\.start)).sorted()
  var factors: [Period: StepEstimate] = [:]
  if series.kind == .count {
    for step in steps { factors[step] = estimateStep(at: step, among: steps, values: values, start: series.start) }
  }
  // One factor a step, however many interventions begin together.
  for step in steps {
    guard let factor = factors[step]?.factor else { continue }
    for i in 0..<min(max(0, step - series.start), values.count) { values[i] *= factor }
  }
  let adjustments = interventions.map { intervention in
    let estimate =
      intervention.effect == .step && known.contains(intervention) ? factors[intervention.start] : nil
    return InterventionAdjustment(
      intervention: intervention, factor: estimate?.factor, logStandardError: estimate?.logStandardError)
  }
  return (series.replacing(values: values), adjustments)
}

private struct StepEstimate {
  let factor: Double
  let logStandardError: Double
}

/// Years either side of a step that bear on its factor.
private let reach = 3.0
/// Observed periods needed on either side.
private let minimumSide = 3
/// Prior standard deviation of the log factor: a change of recording seldom does more than halve or double a count.
private let stepDeviation = 0.5
/// Prior standard deviation of the yearly log growth.
private let trendDeviation = 0.15
/// Prior standard deviations of the first and second pair of annual harmonics.
private let harmonicDeviations = [0.3, 0.15]

private func estimateStep(at step: Period, among steps: [Period], values: [Double], start: Period) -> StepEstimate? {
  let frequency = step.frequency
  let perYear = periodsInYear(frequency)
  let span = Int((reach * perYear).rounded())
  let first = max(start, step - span)
  let last = min(start + (values.count - 1), step + (span - 1))
  guard first < step, step <= last else { return nil }
  let rows = (0...(last - first)).map { first + $0 }.filter { values[$0 - start].isFinite }
  let previous = steps.last { $0 < step }
  let next = steps.first { $0 > step }
  let before = rows.count { period in period < step && previous.map { period >= $0 } ?? true }
  let after = rows.count { period in period >= step && next.map { period < $0 } ?? true }
  guard before >= minimumSide, after >= minimumSide else { return nil }

  var columns = [[Double](repeating: 1, count: rows.count), rows.map { $0 < step ? -1 : 0 }]
  var priors: [CountRegression.Prior] = [.none, .init(standardDeviation: stepDeviation)]
  columns.append(rows.map { Double($0 - step) / perYear })
  priors.append(.init(standardDeviation: trendDeviation))
  for other in steps where other != step && other > first && other <= last {
    columns.append(rows.map { $0 < other ? -1 : 0 })
    priors.append(.init(standardDeviation: stepDeviation))
  }
  if rows.count >= Int(2 * perYear), perYear > 2 {
    for (pair, deviation) in harmonicDeviations.enumerated() where perYear > Double(2 * pair + 2) {
      let angle = { (period: Period) in 2 * Double.pi * Double(pair + 1) * Double(period.ordinal) / perYear }
      columns += [rows.map { cosine(angle($0)) }, rows.map { sine(angle($0)) }]
      priors += [.init(standardDeviation: deviation), .init(standardDeviation: deviation)]
    }
  }
  let counts = rows.map { values[$0 - start] }
  let offset = rows.map { logarithm(Double($0.days)) }
  // Half a count's worth of prior on the level, so that zeros on one side leave it finite.
  priors[0] = .init(
    mean: logarithm((counts.reduce(0.5, +)) / offset.reduce(0) { $0 + exponential($1) }), precision: 0.5)
  guard let design = try? Matrix(columns: columns) else { return nil }
  let regression = CountRegression(size: .pearson, priors: priors)
  let poisson = CountRegression(size: .poisson, priors: priors)
  let fit =
    (try? regression.fit(design, counts: counts, offset: offset))
    ?? (try? poisson.fit(design, counts: counts, offset: offset))
  guard let fit, fit.coefficients[1].isFinite, fit.covariance[1, 1] >= 0 else { return nil }
  return StepEstimate(
    factor: exponential(fit.coefficients[1]), logStandardError: fit.covariance[1, 1].squareRoot())
}

/// Mean number of periods in a year.
private func periodsInYear(_ frequency: Frequency) -> Double {
  switch frequency {
  case .daily: 365.2425
  case .weekly: 365.2425 / 7
  case .monthly: 12
  case .quarterly: 4
  case .yearly, .financialYearly: 1
  }
}
