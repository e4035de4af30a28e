import Forecasting
import TimeSeries

extension Confidence {
  /// Rates how far the evidence behind one series carries. The rules, all of them:
  ///
  /// - low, if any holds: fewer than two years observed; fewer than 9 in 12 of last year's periods observed; fewer than
  ///   30 recorded last year; a fallback made the forecast; a step lies within the last year.
  /// - moderate, if any holds: fewer than four years observed; a period of last year missing; fewer than 120 recorded
  ///   last year; a window of untypical periods within the last two years.
  /// - high otherwise.
  public init(series: Series, past: PastComparison, forecast: SeriesForecast?, interventions: [Intervention]) {
    let frequency = series.start.frequency
    let year = frequency.periodsPerYear
    let observed = series.observedCount
    var low: [String] = []
    var moderate: [String] = []

    if observed < 2 * year {
      low.append("only \(observed) \(frequency.noun)s observed")
    } else if observed < 4 * year {
      moderate.append("less than four years observed")
    }
    if past.lastYearPeriods * 4 < year * 3 {
      low.append("only \(past.lastYearPeriods) of the last \(year) \(frequency.noun)s observed")
    } else if past.lastYearPeriods < year {
      moderate.append("\(year - past.lastYearPeriods) of the last \(year) \(frequency.noun)s missing")
    }
    if past.lastYear < 30 {
      low.append("fewer than 30 recorded last year")
    } else if past.lastYear < 120 {
      moderate.append("fewer than 10 recorded a \(frequency.noun) on average")
    }
    if let reason = forecast?.fallbackReason { low.append("fallback forecast: \(reason)") }
    for intervention in interventions where intervention.start <= series.end {
      switch intervention.effect {
      case .step where intervention.start > series.end - year:
        low.append("a \(intervention.label.prefixBeforeColon) within the last year")
      case .window(let end) where end > series.end - 2 * year:
        moderate.append(
          "untypical \(frequency.noun)s within the last two years (\(intervention.label.prefixBeforeColon))")
      default: break
      }
    }
    var seen = Set<String>()
    let reasons = (low + moderate).filter { seen.insert($0).inserted }
    self.init(
      rating: low.isEmpty ? (moderate.isEmpty ? .high : .moderate) : .low,
      reasons: reasons.isEmpty ? ["at least four complete years, no break in the last two"] : reasons)
  }
}

extension String {
  /// The text before the first colon: the kind of an intervention labelled "kind: note".
  fileprivate var prefixBeforeColon: Substring { self.prefix { $0 != ":" } }
}
