import Forecasting
import TimeSeries

/// How far the evidence carries: shown beside a probability, never multiplied in.
public struct Confidence: Sendable, Hashable, Codable {
  /// The rating.
  public enum Rating: String, CaseIterable, Sendable, Hashable, Codable {
    case high, moderate, low
  }
  /// The rating.
  public let rating: Rating
  /// What lowers it, weightiest first; empty where nothing does.
  public let reasons: [Doubt]
  /// How past outlooks turned out; nil where none could be checked.
  public let accuracy: PastAccuracy?

  /// A rating with its reasons.
  public init(rating: Rating, reasons: [Doubt], accuracy: PastAccuracy? = nil) {
    self.rating = rating
    self.reasons = reasons
    self.accuracy = accuracy
  }

  /// Rates how far the evidence behind one series carries. The rules, all of them:
  ///
  /// - low, if any holds: past ranges of the measure held less often than chance explains; fewer than two years observed; fewer
  ///   than 9 in 12 of last year's periods observed; fewer than 30 counted last year (of a share in its denominator); a fallback made
  ///   the forecast; a step lies within the last year.
  /// - moderate, if any holds: no past outlook could be checked; those on all measures held so rarely, where too few are on this one;
  ///   most places of the measure once fell outside their ranges together; fewer than four years observed; a period of last year
  ///   missing; fewer than 120 counted last year; a window of untypical periods within the last two years.
  /// - high otherwise.
  ///
  /// So it takes both to be high: that outlooks on the measure have held, and that this series has what they rest on.
  ///
  /// - Parameter fallbackReason: why a simpler model than asked for made the forecast; nil if none did.
  public init(
    series: Series, past: PastComparison, fallbackReason: String?, interventions: [Intervention],
    accuracy: PastAccuracy?, profile: ScoringProfile = ScoringProfile()
  ) {
    let year = series.start.frequency.periodsPerYear
    let observed = series.observedCount
    var low: [Doubt] = []
    var moderate: [Doubt] = []

    if let accuracy {
      if accuracy.heldTooFew, accuracy.scope == .measure {
        low.append(.rangesHeldTooFew(accuracy))
      } else if accuracy.heldTooFew {
        moderate.append(.rangesHeldTooFew(accuracy))
      }
      if let missed = accuracy.missedTogether { moderate.append(.missedTogether(missed)) }
    } else {
      moderate.append(.neverChecked)
    }
    if observed < 2 * year {
      low.append(.shortHistory(periods: observed))
    } else if observed < 4 * year {
      moderate.append(.modestHistory)
    }
    if past.lastYearPeriods * 4 < year * 3 {
      low.append(.lastYearSparse(observed: past.lastYearPeriods, of: year))
    } else if past.lastYearPeriods < year {
      moderate.append(.lastYearIncomplete(missing: year - past.lastYearPeriods, of: year))
    }
    if let counted = series.kind == .count ? past.lastYear : past.lastYearRatio?.denominator {
      if counted < profile.smallestBase {
        low.append(.fewRecorded(below: profile.smallestBase))
      } else if counted < profile.modestBase {
        moderate.append(.modestCounts)
      }
    }
    if let fallbackReason { low.append(.fallbackForecast(reason: fallbackReason)) }
    for intervention in interventions where intervention.start <= series.end {
      switch intervention.effect {
      case .step where intervention.start > series.end - year:
        low.append(.recentStep(kind: intervention.kind))
      case .window(let end) where end > series.end - 2 * year:
        moderate.append(.untypicalPeriods(kind: intervention.kind))
      default: break
      }
    }
    var seen = Set<Doubt>()
    self.init(
      rating: low.isEmpty ? (moderate.isEmpty ? .high : .moderate) : .low,
      reasons: (low + moderate).filter { seen.insert($0).inserted }, accuracy: accuracy)
  }
}
