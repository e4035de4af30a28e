/// A regularly spaced series of one measure in one area, with missing periods kept distinct from zero.
public struct Series: Sendable, Equatable {
  /// What is measured and where.
  public let key: SeriesKey
  /// Period of `values[0]`.
  public let start: Period
  /// One value a period from `start`; a missing value is NaN. Of a proportion the share, from 0 to 1.
  public let values: [Double]
  /// What kind of number the values are.
  public let kind: MeasureKind
  /// Of a proportion what each value is a share of, one a period, NaN where missing; nil for other kinds.
  public let denominators: [Double]?
  /// Offsets from `start`, rising, of values that are known or suspected to cover only part of their period.
  public let partial: [Int]

  /// A series that starts at `start`; missing values are NaN. A value is missing wherever its denominator is, and
  /// where that is 0.
  public init(
    key: SeriesKey, start: Period, values: [Double], kind: MeasureKind = .count, denominators: [Double]? = nil,
    partial: [Int] = []
  ) {
    precondition(denominators.map { $0.count == values.count } ?? true, "every value has its denominator")
    self.key = key
    self.start = start
    self.values = values
    self.kind = kind
    self.denominators = denominators
    self.partial = partial
  }

  /// Equal in all parts, where two missing values are equal.
  public static func == (a: Series, b: Series) -> Bool {
    a.key == b.key && a.start == b.start && a.kind == b.kind && a.partial == b.partial && same(a.values, b.values)
      && same(a.denominators ?? [], b.denominators ?? [])
  }

  private static func same(_ a: [Double], _ b: [Double]) -> Bool {
    a.elementsEqual(b) { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  /// Number of periods, missing ones included.
  public var count: Int { values.count }
  /// The last period of the series (the one before `start` if it is empty).
  public var end: Period { start + (values.count - 1) }
  /// Number of periods that are not missing.
  public var observedCount: Int { values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) } }
  /// Of a proportion what is counted among the denominators, one a period, NaN where missing; nil for other kinds. Of
  /// nothing (denominator 0) it is 0, so that a sum over areas is not missing where one of them had none.
  public var numerators: [Double]? {
    denominators.map { denominators in zip(values, denominators).map { $1 == 0 ? 0 : ($0 * $1).rounded() } }
  }

  /// The value at a period: nil outside the series and where it is missing.
  public subscript(period: Period) -> Double? {
    let offset = period - start
    guard values.indices.contains(offset), !values[offset].isNaN else { return nil }
    return values[offset]
  }

  /// Whether the value of a period covers only part of it, as far as is known.
  public func isPartial(_ period: Period) -> Bool { partial.contains(period - start) }

  /// The series with its partial values missing: what a model may learn from.
  public var trusted: Series {
    guard !partial.isEmpty else { return self }
    var (values, denominators) = (values, denominators)
    for offset in partial {
      values[offset] = .nan
      denominators?[offset] = .nan
    }
    return Series(key: key, start: start, values: values, kind: kind, denominators: denominators)
  }

  /// The series up to and including `period`: what was known at its end.
  public func through(_ period: Period) -> Series {
    let keep = min(max(0, period - start + 1), values.count)
    return Series(
      key: key, start: start, values: Array(values[..<keep]), kind: kind,
      denominators: denominators.map { Array($0[..<keep]) }, partial: partial.filter { $0 < keep })
  }

  /// The same series under another key.
  public func renamed(_ key: SeriesKey) -> Series {
    Series(key: key, start: start, values: values, kind: kind, denominators: denominators, partial: partial)
  }

  /// The same series with other values from the same start; their number may differ. Values beyond the old ones have no
  /// denominator.
  public func replacing(values: [Double]) -> Series {
    let denominators = denominators.map { known in
      values.indices.map { known.indices.contains($0) ? known[$0] : .nan }
    }
    return Series(
      key: key, start: start, values: values, kind: kind, denominators: denominators,
      partial: partial.filter(values.indices.contains))
  }
}

/// What kind of number a series holds.
public enum MeasureKind: String, CaseIterable, Hashable, Sendable, Codable {
  /// Whole numbers of events, never negative.
  case count
  /// A share of a known whole, such as detected of recorded crimes: numerator and denominator are counts.
  case proportion
  /// A real number with a unit (satisfaction, days).
  case value
}
