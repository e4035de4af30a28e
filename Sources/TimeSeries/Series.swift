/// A regularly spaced series of one measure in one area, with missing periods kept distinct from zero.
public struct Series: Sendable, Equatable {
  /// What is measured and where.
  public let key: SeriesKey
  /// Period of `values[0]`.
  public let start: Period
  /// One value a period from `start`; a missing value is NaN.
  public let values: [Double]
  /// What kind of number the values are.
  public let kind: MeasureKind

  /// A series that starts at `start`; missing values are NaN.
  public init(key: SeriesKey, start: Period, values: [Double], kind: MeasureKind = .count) {
    self.key = key
    self.start = start
    self.values = values
    self.kind = kind
  }

  /// Equal keys, starts, kinds and values, where two missing values are equal.
  public static func == (a: Series, b: Series) -> Bool {
    a.key == b.key && a.start == b.start && a.kind == b.kind
      && a.values.elementsEqual(b.values) { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  /// Number of periods, missing ones included.
  public var count: Int { values.count }
  /// The last period of the series (the one before `start` if it is empty).
  public var end: Period { start + (values.count - 1) }
  /// Number of periods that are not missing.
  public var observedCount: Int { values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) } }

  /// The value at a period: nil outside the series and where it is missing.
  public subscript(period: Period) -> Double? {
    let offset = period - start
    guard values.indices.contains(offset), !values[offset].isNaN else { return nil }
    return values[offset]
  }

  /// The series up to and including `period`: what was known at its end.
  public func through(_ period: Period) -> Series {
    let keep = min(max(0, period - start + 1), values.count)
    return Series(key: key, start: start, values: Array(values[..<keep]), kind: kind)
  }

  /// The same series under another key.
  public func renamed(_ key: SeriesKey) -> Series { Series(key: key, start: start, values: values, kind: kind) }

  /// The same series with other values from the same start.
  public func replacing(values: [Double]) -> Series {
    Series(key: key, start: start, values: values, kind: kind)
  }
}

/// What kind of number a series holds.
public enum MeasureKind: String, Hashable, Sendable {
  /// Whole numbers of events, never negative.
  case count
  /// A real number with a unit (satisfaction, days).
  case value
}
