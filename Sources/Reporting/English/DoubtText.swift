import Charts
import RiskRanking
import TimeSeries
import Wording

extension Doubt {
  /// The doubt as part of a list of reasons, without a full stop: "only 14 months observed".
  func reason(_ frequency: Frequency) -> String {
    let noun = frequency.noun
    switch self {
    case .rangesHeldTooFew(let accuracy): return accuracy.words + ", where four in five should be"
    case .missedTogether(let missed):
      return
        "in the year to \(PeriodText.label(of: missed.end)) it was \(missed.isAbove ? "above" : "below") its range in \(missed.missed) of \(missed.of) places at once"
    case .neverChecked: return "no past outlook could be checked"
    case .shortHistory(let periods): return "only \(periods) \(noun)s observed"
    case .modestHistory: return "less than four years observed"
    case .lastYearSparse(let observed, let of): return "only \(observed) of the last \(of) \(noun)s observed"
    case .lastYearIncomplete(let missing, let of): return "\(missing) of the last \(of) \(noun)s missing"
    case .fewRecorded(let below): return "fewer than \(Wording.count(below)) recorded last year"
    case .modestCounts: return "fewer than 10 recorded a \(noun) on average"
    case .fallbackForecast(let reason): return "fallback forecast: \(reason)"
    case .recentStep(let kind): return "a \(kind.words) within the last year"
    case .untypicalPeriods(let kind): return "untypical \(noun)s within the last two years (\(kind.words))"
    default: return Wording.unstopped(sentence(frequency))
    }
  }

  /// "12 more" or "5 fewer" than the year before.
  static func change(_ value: Double) -> String {
    "\(Wording.count(abs(value))) \(value > 0 ? "more" : "fewer")"
  }

  /// The doubt as a sentence.
  func sentence(_ frequency: Frequency) -> String {
    let noun = frequency.noun
    switch self {
    case .notComparable(let observed, let of):
      return "Not assessable: \(observed) of the last \(of) \(noun)s were observed; at least half are needed."
    case .dependsOnUnallocated(let setAside, let sharedOut):
      return
        "Last year's change depends on records without a place: \(Doubt.change(setAside)) with them set aside, \(Doubt.change(sharedOut)) with them shared out to places, so that it is no trend."
    case .ended(let period):
      return
        "It ended in \(PeriodText.label(of: period)): no \(noun) since has a record, which its level before rules out."
    case .began(let period):
      return
        "It began in \(PeriodText.label(of: period)): the zeros before are impossible at the level since, and are compared with nothing."
    case .perhapsRenamed(let rename):
      return "Not assessable: \(rename.text { PeriodText.label(of: $0) }), and neither is ranked."
    case .knownInPart(let periods):
      return
        "\(PeriodText.ranges(periods)) \(periods.count == 1 ? "is" : "are") known in part only, such as while records or outcomes still come in: no model learns from \(periods.count == 1 ? "it, and it is" : "them, and they are") compared with nothing."
    case .comparedOver(let periods): return "Compared over the \(periods) \(noun)s that were observed last year."
    case .proxy(let reason): return "Proxy: \(Wording.stopped(reason))"
    case .measureCaveat(let text): return Wording.stopped(text)
    case .unknownMeasure:
      return
        "No file of measures knows it: whether more of it is better or worse is not known, and it is ranked only on request."
    case .step(let start, let kind, let note, let factor):
      let size =
        factor.map {
          "earlier counts were multiplied by \(NumberText.grouped($0, decimals: 2)) to compare like with like"
        } ?? "there is too little data on one side of it to measure its size"
      return "From \(PeriodText.label(of: start)), \(kind.words): \(Wording.unstopped(note)): \(size)."
    case .outOfLine(let period, let counted, let typical):
      return
        "\(PeriodText.label(of: period))'s \(Wording.count(counted)) is far out of line with the \(noun)s around it: last year is compared as if it had been \(Wording.count(typical.rounded())), which is typical."
    case .untypicalLastYear(let periods, let kind):
      return
        "Last year holds \(noun)s that were not typical (\(PeriodText.ranges(periods)): \(kind.words)): part of any change is a return to usual."
    case .returnsToUsual(let usual): return usual.sentence()
    case .restsOnUnusual(let periods):
      return
        "The forecast has learnt from \(PeriodText.ranges(periods)), which \(periods.count == 1 ? "was" : "were") unusual on the same side: if that was a single event, less of this change is to come."
    case .noHarmWeight(let reason): return "No harm weight: \(Wording.stopped(reason))"
    default: return Wording.stopped(Wording.sentence(reason(frequency)))
    }
  }
}

extension Risk {
  /// Where last year's change hangs on what becomes of records without a place: both changes.
  var opposedChanges: String? {
    for case .dependsOnUnallocated(let setAside, let sharedOut) in evidence.doubts {
      return
        "\(Doubt.change(setAside)) with records without a place set aside, \(Doubt.change(sharedOut)) with them shared out"
    }
    return nil
  }
}

extension Optional<Intervention.Kind> {
  /// "recording change"; what was found in the data has no kind of its own.
  var words: String { self?.rawValue ?? "change" }
}

extension Confidence {
  /// The reasons for the rating as one list; what it takes to be high where nothing lowers it.
  func words(_ frequency: Frequency) -> [String] {
    var words = reasons.map { $0.reason(frequency) }
    if let accuracy, !reasons.contains(.rangesHeldTooFew(accuracy)) { words.append(accuracy.words) }
    return words.isEmpty ? ["at least four complete years, no break in the last two"] : words
  }
}

extension PastAccuracy {
  /// "the 80 % ranges of past outlooks on this measure held 21 of 25".
  var words: String {
    "the 80\u{A0}% ranges of past outlooks on \(scope == .measure ? "this measure" : "all measures") held \(NumberText.grouped(within80)) of \(NumberText.grouped(outlooks))"
  }
}
