import TimeSeries

/// Residents of an area by calendar year: mid-year estimates, which hold for the year they are of.
public struct PopulationEstimates: Hashable, Sendable {
  /// Residents by year; never empty.
  public let byYear: [Int: Int]

  /// Estimates by year; nil of none, or if one is negative.
  public init?(byYear: [Int: Int]) {
    guard !byYear.isEmpty, byYear.values.allSatisfy({ $0 >= 0 }) else { return nil }
    self.byYear = byYear
  }

  /// One figure that holds for every year.
  public init?(always residents: Int) { self.init(byYear: [0: residents]) }

  /// The year whose estimate stands for another: itself, else the nearest, of two equally near the later.
  public func year(for year: Int) -> Int {
    byYear.keys.min { a, b in
      let (x, y) = (abs(a - year), abs(b - year))
      return x != y ? x < y : a > b
    } ?? year
  }

  /// The mean number of residents over a window, each year counting for its share of it: person-time over time. Rounded to
  /// a whole number, so that a reader who divides by what is printed gets the rate that is printed.
  public func residents(over window: YearShares) -> Int {
    var (sum, parts) = (0, 0)
    for (year, weight) in window.parts {
      sum += weight * (byYear[self.year(for: year)] ?? 0)
      parts += weight
    }
    return parts > 0 ? (2 * sum + parts) / (2 * parts) : byYear[self.year(for: .max)] ?? 0
  }
}

/// How much of a window lies in each calendar year: in months, or for weeks and days in periods, which count for the year in
/// which they begin.
public struct YearShares: Hashable, Sendable {
  /// Months or periods by calendar year, by year.
  public let parts: [(year: Int, weight: Int)]

  /// The shares of a window of periods.
  public init(_ window: ClosedRange<Period>) {
    var weights: [Int: Int] = [:]
    switch window.lowerBound.frequency {
    case .daily, .weekly:
      for offset in 0...(window.upperBound - window.lowerBound) {
        weights[(window.lowerBound + offset).year, default: 0] += 1
      }
    default:
      let (first, end) = (window.lowerBound.firstDay, (window.upperBound + 1).firstDay)
      for month in (first.year * 12 + first.month - 1)..<(end.year * 12 + end.month - 1) {
        weights[month / 12, default: 0] += 1
      }
    }
    parts = weights.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The last year of a span, or all of it where it is shorter.
  public init(lastYearOf span: ClosedRange<Period>) {
    let year = span.upperBound.frequency.periodsPerYear
    self.init(max(span.lowerBound, span.upperBound - (year - 1))...span.upperBound)
  }

  /// Equal in every part.
  public static func == (a: YearShares, b: YearShares) -> Bool {
    a.parts.elementsEqual(b.parts) { $0.year == $1.year && $0.weight == $1.weight }
  }

  /// Hashes every part.
  public func hash(into hasher: inout Hasher) {
    for part in parts {
      hasher.combine(part.year)
      hasher.combine(part.weight)
    }
  }
}

extension Area {
  /// The same with the residents of a window, if estimates by year are known of it.
  public func withResidents(over window: YearShares) -> Area {
    guard !estimates.isEmpty else { return self }
    var area = self
    // The sum of what is printed of the parts.
    area.population = estimates.reduce(0) { $0 + $1.residents(over: window) }
    return area
  }
}
