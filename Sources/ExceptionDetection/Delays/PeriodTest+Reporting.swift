import NumericCore
import TimeSeries
import Wording

extension PeriodTest {
  /// What is known of how complete the period's figure is.
  public enum Reporting: Hashable, Sendable {
    /// Nothing speaks against its being complete.
    case complete
    /// Among the newest periods, whose figures may still rise: a caution that was asked for, with nothing allowed for.
    case caution
    /// This share of the eventual figure was expected to be known, and the expectation is of that share.
    case expected(share: Double)

    /// The word in a table: blank if there is nothing to say.
    public var word: String {
      switch self {
      case .complete: ""
      case .caution: "may rise"
      case .expected: "nowcast"
      }
    }
  }

  /// The sentence an explanation ends with; nil if the figure is taken for complete.
  var reportingInWords: String? {
    switch reporting {
    case .complete: nil
    case .caution:
      "It is one of the newest \(period.frequency.noun)s: reports may still arrive, so that a low figure may be an unfinished one."
    case .expected(let share):
      share <= 1
        ? "By what earlier vintages added later, about \(percent(share)) of its reports had arrived; the figure expected is of those."
        : "By what earlier vintages took away later, about \(percent(share)) of its eventual figure was on record; the figure expected allows for it."
    }
  }

  /// One decimal from 95 % on, where a whole number would say that everything is there.
  private func percent(_ share: Double) -> String {
    let shown = min(share, 99)
    let tenths = (shown * 1000).rounded()
    let isWhole = tenths < 950 || tenths.truncatingRemainder(dividingBy: 10) == 0
    return NumberText.percent(shown, decimals: isWhole ? 0 : 1)
  }
}
