import TimeSeries

/// Figures that are sums, shares or means over the last twelve months, or over the year so far.
///
/// Neighbours share most of what they are made of: they follow each other up and down whatever happens, so that moving ranges are
/// far too narrow and runs far too long, and rules for points that are independent find special causes everywhere. Counts
/// are told apart when a table is read; this looks at proportions and values.
public enum OverlappingFigures: String, Hashable, Sendable, CaseIterable {
  /// Over the last year.
  case rollingYear = "12-month figures"
  /// Over the year so far.
  case yearToDate = "year to date"

  /// Years of figures without which a series is not judged.
  private static let neededYears = 3
  /// Correlation of a change with that of a year before below which it is taken for the same period's, going in and coming out.
  private static let neededCorrelation = -0.3

  /// Judges a series of months or quarters; nil for figures of single periods, counts, and series of less than three years.
  public init?(_ series: Series) {
    let frequency = series.start.frequency
    let season = frequency.seasonLength
    guard series.kind != .count, frequency == .monthly || frequency == .quarterly,
      series.observedCount > OverlappingFigures.neededYears * season
    else { return nil }
    let values = series.trusted.values
    if (1...12).contains(where: { OverlappingFigures.isYearToDate(values, start: series.start, from: $0, season) }) {
      self = .yearToDate
    } else if OverlappingFigures.isRolling(values, season) {
      self = .rollingYear
    } else {
      return nil
    }
  }

  /// Whether values never fall within years that begin in a month, and fall to less than half where they begin, at least twice.
  private static func isYearToDate(_ values: [Double], start: Period, from month: Int, _ season: Int) -> Bool {
    var (falls, rises) = (0, 0)
    for i in values.indices.dropFirst() where !values[i].isNaN && !values[i - 1].isNaN {
      if (start + i).firstDay.month == month {
        guard values[i] * 2 < values[i - 1] else { return false }
        falls += 1
      } else {
        guard values[i] >= values[i - 1] else { return false }
        if values[i] > values[i - 1] { rises += 1 }
      }
    }
    return falls >= 2 && rises >= 2 * (season - 1)
  }

  /// Whether changes go against those of a year before as against no others, and neighbours all but agree.
  ///
  /// What comes into a sum over a year goes out of it a year later: the changes correlate at -1/2 there, and at no other distance.
  /// Changes of independent figures have their lowest correlation with the next one; those of a walk have none.
  private static func isRolling(_ values: [Double], _ season: Int) -> Bool {
    let changes = zip(values.dropFirst(), values).map { $0 - $1 }
    let own = correlation(changes, season)
    guard own < neededCorrelation, correlation(values, 1) > 0.5 else { return false }
    return (1...2 * season).allSatisfy { $0 == season || correlation(changes, $0) > own }
  }

  /// Correlation of what is a distance apart, about the mean; 0 where nothing varies.
  private static func correlation(_ x: [Double], _ distance: Int) -> Double {
    let known = x.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    var (products, squares) = (0.0, 0.0)
    for i in x.indices.dropFirst(distance) where !x[i].isNaN && !x[i - distance].isNaN {
      let (a, b) = (x[i] - mean, x[i - distance] - mean)
      products += a * b
      squares += (a * a + b * b) / 2
    }
    return squares > 0 ? products / squares : 0
  }
}
