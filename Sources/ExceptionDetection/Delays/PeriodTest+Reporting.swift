import NumericCore
import TimeSeries

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
        ? "By what earlier vintages added later, about \(percent(share)) % of its reports had arrived; the figure expected is of those."
        : "By what earlier vintages took away later, about \(percent(share)) % of its eventual figure was on record; the figure expected allows for it."
    }
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((min(share, 99) * 1000).rounded())
    return tenths % 10 == 0 || tenths < 950 ? String((tenths + 5) / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
