import TimeSeries

/// Which way is better, of a measure on a control chart.
public enum SPCDirection: String, CaseIterable, Hashable, Sendable {
  /// Fewer is better.
  case lower
  /// More is better.
  case higher
  /// Neither way is.
  case neither
}

/// What the variation of the latest point is: the words, and icons, of Making Data Count.
public enum SPCVariation: String, CaseIterable, Hashable, Sendable {
  /// Nothing but the ordinary up and down.
  case commonCause = "common cause"
  /// Special cause for the better, high.
  case improvementHigh = "improvement (high)"
  /// Special cause for the better, low.
  case improvementLow = "improvement (low)"
  /// Special cause for the worse, high.
  case concernHigh = "concern (high)"
  /// Special cause for the worse, low.
  case concernLow = "concern (low)"
  /// Special cause of a measure without a better way, high.
  case neitherHigh = "special cause (high)"
  /// Special cause of a measure without a better way, low.
  case neitherLow = "special cause (low)"
  /// No verdict: too few points, or no figure.
  case notJudged = "not judged"

  init(_ signal: SPCSignal, _ direction: SPCDirection) {
    self =
      switch (signal.rules.isEmpty, direction, signal.isHigh) {
      case (true, _, _): .commonCause
      case (_, .lower, true): .concernHigh
      case (_, .lower, false): .improvementLow
      case (_, .higher, true): .improvementHigh
      case (_, .higher, false): .concernLow
      case (_, .neither, true): .neitherHigh
      case (_, .neither, false): .neitherLow
      }
  }

  /// The letter in the icon: H or L, nothing for common cause.
  public var letter: String {
    switch self {
    case .improvementHigh, .concernHigh, .neitherHigh: "H"
    case .improvementLow, .concernLow, .neitherLow: "L"
    case .commonCause, .notJudged: ""
    }
  }
}

/// Whether a process that goes on like this meets its target.
public enum SPCAssurance: String, CaseIterable, Hashable, Sendable {
  /// The target is beyond the limits on the easy side: it will be met.
  case consistentlyHits = "consistently hits"
  /// The target is beyond the limits on the hard side: it will be missed unless something changes.
  case consistentlyMisses = "consistently misses"
  /// The target lies within the limits: it is hit and missed at random.
  case random = "hits and misses at random"

  init?(target: Double?, lower: Double, upper: Double, _ direction: SPCDirection) {
    guard let target, lower.isFinite, upper.isFinite, direction != .neither else { return nil }
    let isBelow = target < lower
    guard isBelow || target > upper else {
      self = .random
      return
    }
    self = isBelow == (direction == .higher) ? .consistentlyHits : .consistentlyMisses
  }
}

extension SPCDirection {
  /// The direction of a measure's polarity.
  public init(_ polarity: Polarity) {
    self =
      switch polarity {
      case .lowerIsBetter: .lower
      case .higherIsBetter: .higher
      case .neither: .neither
      }
  }
}
