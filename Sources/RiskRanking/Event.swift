import TimeSeries

/// What a probability is of: the level of a measure over a window ahead, against a base.
///
/// The level is the total of a count, the pooled share of a proportion, the mean of a value, each over the same calendar
/// periods as the base. Without the event a probability is no claim: every writer prints the event that was computed.
public struct Event: Hashable, Sendable, Codable {
  /// Which way the level moves.
  public enum Direction: String, Hashable, Sendable, Codable {
    case rise, fall

    /// The other way.
    public var opposite: Direction { self == .rise ? .fall : .rise }
  }

  /// How far it moves at least.
  public enum Size: Hashable, Sendable, Codable {
    /// A share of the base: 0.1 for 10 %. For counts.
    case share(Double)
    /// A distance in the measure's own unit; of a share 0.05 for five points.
    case amount(Double)
  }

  /// Which way.
  public let direction: Direction
  /// How far at least.
  public let size: Size
  /// Periods ahead that the level is of.
  public let horizon: Int
  /// The level that it is measured from: that of the same calendar periods a year before.
  public let base: Double

  /// An event.
  public init(direction: Direction, size: Size, horizon: Int, base: Double) {
    self.direction = direction
    self.size = size
    self.horizon = horizon
    self.base = base
  }

  /// The event of the same size in the other direction.
  public var opposite: Event { Event(direction: direction.opposite, size: size, horizon: horizon, base: base) }

  /// Whether a level makes it happen. A rise is more than the base and a fall less, however small the size: from nothing
  /// to nothing is no rise of 10 %.
  public func happens(at level: Double) -> Bool {
    let distance =
      switch size {
      case .share(let share): share * base
      case .amount(let amount): amount
      }
    let moved = direction == .rise ? level - base : base - level
    let lost = Event.rounding * max(1, base.magnitude)
    // What arithmetic alone may have made is no move, even where the size is nothing.
    return moved > lost && moved >= distance - lost
  }

  /// Part of the base that arithmetic may lose: 110 is a tenth more than 100, although 1.1 x 100 is not 110.
  private static let rounding = 1e-9
}

extension Polarity {
  /// The direction that is for the worse; nil where neither is.
  public var worse: Event.Direction? {
    switch self {
    case .lowerIsBetter: .rise
    case .higherIsBetter: .fall
    case .neither: nil
    }
  }
}
