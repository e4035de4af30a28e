import NumericCore
import TimeSeries

/// How past outlooks turned out: what a confidence is measured by, beside how much is known of a series.
public struct PastAccuracy: Sendable, Hashable, Codable {
  /// What the outlooks were on.
  public enum Scope: String, Sendable, Hashable, Codable {
    /// The measure, in all places.
    case measure
    /// All measures, because too few on the measure could be checked.
    case all
  }

  /// A year in which most places of a measure fell outside their ranges on one side: what moved them all was not foreseen.
  public struct MissedTogether: Sendable, Hashable, Codable {
    /// The last period of that year.
    public let end: Period
    /// Places outside their 80 % range on that side.
    public let missed: Int
    /// Places checked.
    public let of: Int
    /// Whether they were above.
    public let isAbove: Bool

    /// A year of which that is so.
    public init(end: Period, missed: Int, of: Int, isAbove: Bool) {
      (self.end, self.missed, self.of, self.isAbove) = (end, missed, of, isAbove)
    }
  }

  /// What the outlooks were on.
  public let scope: Scope
  /// Outlooks checked.
  public let outlooks: Int
  /// Of them those whose 80 % interval held what was recorded.
  public let within80: Int
  /// Of them those whose 95 % interval did.
  public let within95: Int
  /// The latest year in which the measure missed together; nil for none, and of all measures.
  public let missedTogether: MissedTogether?

  /// An accuracy from its parts.
  public init(scope: Scope, outlooks: Int, within80: Int, within95: Int, missedTogether: MissedTogether? = nil) {
    self.scope = scope
    self.outlooks = outlooks
    self.within80 = within80
    self.within95 = within95
    self.missedTogether = missedTogether
  }

  /// The share held by the 80 % intervals; NaN of none.
  public var share80: Double { Double(within80) / Double(outlooks) }
  /// The share held by the 95 % intervals; NaN of none.
  public var share95: Double { Double(within95) / Double(outlooks) }

  /// Chance below which that few held is no chance.
  static let bound = 0.01

  /// Whether the 80 % intervals held less often than chance explains: the lower tail of a binomial distribution. Places of one year are
  /// no independent trials, which the strict ``bound`` stands for.
  public var heldTooFew: Bool {
    outlooks > 0
      && BetaBinomial(trials: Double(outlooks), mean: 0.8, size: .infinity).tails(Double(within80)).lower
        < PastAccuracy.bound
  }
}
