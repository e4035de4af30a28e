import CommunitySafety
import ExceptionDetection
import Forecasting
import RiskRanking
import TimeSeries

/// Makes a row of the ranking from what was found about one series.
struct RiskBuilder {
  let reference: ReferenceData
  let weights: HarmWeights
  let configuration: AssessmentConfiguration

  func risk(_ series: AssessedSeries) -> Risk {
    let observed = series.observed
    let measure = reference.measures[series.label]
    let past = PastComparison(observed)
    let outlook = series.forecast.flatMap { Outlook(observed: observed, forecast: $0) }
    let confidence = Confidence(
      series: observed, past: past, forecast: series.forecast, interventions: series.interventions)
    let group = reference.measures.groups.first { $0.label == series.label }
    let priority = reference.priorities.priority(
      partnership: series.area.csp ?? series.area.name, measure: group?.name ?? series.label)
    return Risk(
      area: series.area, measure: series.label, label: series.label, isGroup: series.isGroup,
      polarity: measure.polarity, outlook: outlook, past: past,
      // A group's members differ in harm: a group has no weight of its own.
      harmPerOffence: series.isGroup ? nil : weights[series.label],
      exceptions: series.tests
        .filter { $0.isException(falseDiscoveryRate: configuration.falseDiscoveryRate) }.sorted {
          $0.period > $1.period
        },
      confidence: confidence,
      recommendation: Recommendation(
        outlook: outlook, polarity: measure.polarity, isPriority: priority != nil, confidence: confidence),
      score: outlook.map { RiskScore($0, polarity: measure.polarity) }, priority: priority?.name,
      caveats: caveats(series, measure: measure, outlook: outlook, past: past, group: group))
  }

  private func caveats(
    _ series: AssessedSeries, measure: Measure, outlook: Outlook?, past: PastComparison, group: MeasureGroup?
  ) -> [String] {
    let observed = series.observed
    let year = observed.start.frequency.periodsPerYear
    let noun = observed.start.frequency.noun
    var caveats: [String] = []
    if outlook == nil {
      caveats.append(
        "Not assessable: \(past.lastYearPeriods) of the last \(year) \(noun)s were observed; at least half are needed.")
    } else if past.lastYearPeriods < year {
      caveats.append("Compared over the \(past.lastYearPeriods) \(noun)s that were observed last year.")
    }
    if let reason = group?.proxyReason { caveats.append("Proxy: \(reason.terminated)") }
    if let caveat = measure.caveat { caveats.append(caveat) }
    caveats += stepCaveats(series, since: observed.end - 2 * year)
    let untypical = series.interventions.filter { intervention in
      guard case .window(let end) = intervention.effect else { return false }
      return end > observed.end - year && intervention.start <= observed.end
    }
    if !untypical.isEmpty {
      let months = periodList(untypical.flatMap { $0.periods(through: observed.end) })
      caveats.append(
        "Last year holds \(noun)s that were not typical (\(months): \(untypical[0].kindOfBreak)): part of any rise is a "
          + "return to usual.")
    }
    if !series.isGroup && weights[series.label] == nil {
      caveats.append("No harm weight: \(weights.reasonUnweighted(series.label)).")
    }
    return caveats
  }
}

extension RiskBuilder {
  /// What was done about each step that began after `start`.
  private func stepCaveats(_ series: AssessedSeries, since start: Period) -> [String] {
    series.interventions.filter { $0.effect == .step && $0.start > start && $0.start <= series.observed.end }.map {
      step in
      let factor = series.forecast?.adjustments.first { $0.intervention == step }?.factor
      let size =
        factor.map { "earlier counts were multiplied by \(twoDecimals($0)) to compare like with like" }
        ?? "there is too little data on one side of it to measure its size"
      return "From \(monthLabel(step.start)), \(step.label.terminated.dropLast()): \(size)."
    }
  }
}

extension Intervention {
  /// The kind of break the calendar calls it: the label's text before the colon.
  var kindOfBreak: String { String(label.prefix { $0 != ":" }) }

  /// The periods of a window, none after `last`; none for a step.
  func periods(through last: Period) -> [Period] {
    guard case .window(let end) = effect, start <= min(end, last) else { return [] }
    return (0...(min(end, last) - start)).map { start + $0 }
  }
}

/// A number with two decimals, rounded half away from zero.
func twoDecimals(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  let hundredths = Int((abs(value) * 100).rounded())
  let fraction = hundredths % 100
  return "\(value < 0 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}

extension String {
  /// With a full stop.
  var terminated: String { hasSuffix(".") ? self : self + "." }
  /// With a capital first letter and a full stop.
  var sentence: String { (prefix(1).uppercased() + dropFirst()).terminated }
}
