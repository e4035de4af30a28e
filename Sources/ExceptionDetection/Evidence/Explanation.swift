import NumericCore
import TimeSeries
import Wording

/// Why a period was, or was not, flagged, for someone who is not a statistician.
public struct Explanation: Hashable, Sendable {
  /// What was expected and what was seen, as one sentence.
  public let expectation: String
  /// Why it is flagged, or why it is not, as one sentence.
  public let reason: String

  /// Both sentences.
  public var text: String { "\(expectation) \(reason)" }
}

extension PeriodTest {
  /// Two plain sentences about this test.
  ///
  /// - Parameters:
  ///   - label: the measure as people see it, "Vehicle crime".
  ///   - area: the place, "West Oxfordshire".
  ///   - style: how periods are written; `.monthName` writes months as "Apr 2024".
  public func explanation(label: String, area: String, style: PeriodStyle = .monthName) -> Explanation {
    let plain = figureExplained(label: label, area: area, style: style)
    return reportingInWords.map { Explanation(expectation: plain.expectation, reason: "\(plain.reason) \($0)") }
      ?? plain
  }

  private func figureExplained(label: String, area: String, style: PeriodStyle) -> Explanation {
    if figure != .count { return figureExplanation(label: label, area: area, style: style) }
    let noun = period.frequency.noun
    guard kind != .notTested, let observed, let baseline else {
      return notJudged(label: label, area: area, style: style, figure: spokenCount)
    }
    let about = expected < 0.5 ? "" : "about "
    let usual =
      upper < 0.5
      ? "none" : lower < 0.5 ? "up to \(spokenCount(upper))" : "\(spokenCount(lower)) to \(spokenCount(upper))"
    let seen =
      "\(label) in \(area): \(spokenCount(observed)) recorded in \(period.inWords(style)), when \(about)\(spokenCount(expected)) "
      + "\(expected < 1.5 ? "was" : "were") expected and \(usual) would be usual"
    let history = historyInWords(baseline, noun: noun, style: style)
    let expectation = "\(seen): \(difference(observed)) than expected."
    switch kind {
    case .spike, .run, .shift, .ramp:
      return Explanation(
        expectation: expectation,
        reason: "It is flagged because \(windowInWords(noun) ?? "so high a figure") would come up by chance "
          + "\(rarity(pValue, noun)), judging by \(history)\(falseAlarms).")
    case .drop:
      return Explanation(
        expectation: expectation,
        reason:
          "It is marked as low because \(windowInWords(noun) ?? "so low a figure") would come up by chance \(rarity(pLow, noun)), judging by "
          + "\(history)\(falseAlarms); a fall can be an improvement, a change in recording or missing data.")
    case .expected, .notTested:
      guard observed >= lower, observed <= upper else {
        return Explanation(
          expectation: expectation,
          reason: "It lies just outside what is usual but is not flagged, since with the \(noun)s before it in view "
            + "something like it would come up by chance \(rarity(min(pValue, pLow), noun)), judging by \(history).")
      }
      return Explanation(
        expectation: "\(seen).", reason: "It is not flagged: figures like it are ordinary, judging by \(history).")
    }
  }

  /// Why there is no verdict. `figure` says the number recorded in words.
  func notJudged(
    label: String, area: String, style: PeriodStyle, figure: (Double) -> String
  ) -> Explanation {
    Explanation(
      expectation:
        "\(label) in \(area) was not judged for \(period.inWords(style)), because \(reason ?? "there is no baseline").",
      reason: observed.map { "The figure recorded was \(figure($0)); no verdict does not mean nothing unusual." }
        ?? "No verdict does not mean that nothing happened.")
  }

  /// What the last periods come to together, where they and not the last alone made the difference.
  private func windowInWords(_ noun: String) -> String? {
    guard let window else { return nil }
    let shape =
      switch kind {
      case .shift: ", steadily above"
      case .ramp: ", growing"
      default: ""
      }
    let all = "\(NumberText.spelled(window.periods)) \(noun)s"
    let which =
      window.known < window.periods
      ? "the \(NumberText.spelled(window.known)) known of the last \(all)" : "the last \(all)"
    return
      "\(which) together (\(spokenCount(window.observed)) recorded, "
      + "\(spokenCount(window.expected)) expected\(shape))"
  }

  /// "17 more (68 % higher)"; the percentage only on a base of 30 or more.
  private func difference(_ observed: Double) -> String {
    let base = expected.rounded()
    let gap = abs(observed - base)
    let amount = gap < 1 ? "less than one" : spokenCount(gap)
    let percent =
      expected >= 30
      ? " (\(NumberText.grouped((abs(observed - expected) / expected * 100).rounded())) % \(observed > expected ? "higher" : "lower"))"
      : ""
    return "\(amount)\(observed > expected ? " more" : " fewer")\(percent)"
  }

  /// The share of false alarms among flags this strong in the same direction and period.
  var falseAlarms: String {
    let q = kind == .drop ? qLow : qValue
    guard q.isFinite else { return "" }
    let share = q < 0.01 ? "fewer than 1" : "about \(NumberText.grouped((q * 100).rounded()))"
    return "; of flags this strong \(share) in 100 would be false alarms (q \(decimals(q)))"
  }
}

extension Period {
  /// "Apr 2024", "the week of 2024-04-01".
  func inWords(_ style: PeriodStyle) -> String {
    frequency == .monthly ? style.format(self) : "the \(frequency.noun) of \(style.format(self))"
  }
}

func historyInWords(_ baseline: PeriodTest.Baseline, noun: String, style: PeriodStyle) -> String {
  let span = "\(style.format(baseline.span.lowerBound)) and \(style.format(baseline.span.upperBound))"
  let unusual = baseline.downWeighted.count
  let weighted =
    switch unusual {
    case 0: ""
    case 1: ", of which one unusual \(noun) (\(style.format(baseline.downWeighted[0]))) counts for less"
    default: ", of which \(NumberText.spelled(unusual)) unusual \(noun)s count for less"
    }
  return "\(NumberText.grouped(Double(baseline.periods))) \(noun)s between \(span)\(weighted)"
}

/// "about once in 400 months", to two digits.
func rarity(_ p: Double, _ noun: String) -> String {
  guard p > 1e-6 else { return "less than once in a million \(noun)s" }
  var n = 1 / p
  var scale = 1.0
  while n >= 100 {
    n /= 10
    scale *= 10
  }
  return "about once in \(NumberText.grouped(n.rounded() * scale)) \(noun)s"
}

/// A count as people say it: words below ten, digits with thousands separators above, "fewer than one" for a fraction.
func spokenCount(_ x: Double) -> String {
  let rounded = x.rounded()
  if rounded == 0 { return x > 0 ? "fewer than one" : "none" }
  return rounded < 10 ? NumberText.spelled(Int(rounded)) : NumberText.grouped(rounded)
}

/// A probability with two decimals, "< 0.01" below that.
func decimals(_ p: Double) -> String { p < 0.005 ? "< 0.01" : "= \(NumberText.fixed(min(p, 1), decimals: 2))" }
