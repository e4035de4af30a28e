import TimeSeries

/// Where forecasts are made from: `count` origins, `step` periods apart, the last one `horizon` periods before the end of
/// the data.
public struct RollingOrigins: Sendable, Hashable {
  /// Number of origins.
  public let count: Int
  /// Periods between them.
  public let step: Int
  /// Periods forecast from each.
  public let horizon: Int

  /// Origins; each number is at least 1.
  public init(count: Int, step: Int, horizon: Int) {
    precondition(count > 0 && step > 0 && horizon > 0, "origins, step and horizon are at least 1")
    self.count = count
    self.step = step
    self.horizon = horizon
  }

  /// The origins of data that ends in `end`, oldest first: the last period each of them knows.
  public func periods(before end: Period) -> [Period] {
    (0..<count).reversed().map { end - horizon - $0 * step }
  }
}

/// An origin that nothing was forecast from.
public struct SkippedOrigin: Sendable, Hashable {
  /// The origin.
  public let origin: Period
  /// Why, in words that follow "because": "no series has 13 observed months by then".
  public let reason: String

  /// A skipped origin.
  public init(origin: Period, reason: String) {
    self.origin = origin
    self.reason = reason
  }
}
