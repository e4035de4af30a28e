import TimeSeries

/// Tells counts with corrections, or with a number that stands for missing, from values that may be negative.
///
/// Whole numbers of which a few are negative, none by more than a period held, are counts: a revision took back more than was recorded.
/// Whole numbers whose negatives are all one of -1, -9, -99, -999 are counts of which those are missing.
struct NegativeCounts {
  /// Most negative values among the known ones of a series, and fewest known ones to judge by.
  private static let mostCorrections = 0.05
  private static let fewestKnown = 12
  private static let codes: Set<Double> = [-1, -9, -99, -999, -9999]

  /// What was found in a series.
  enum Finding: Equatable {
    /// It is no count.
    case values
    /// Its negative values stand for missing.
    case code
    /// Its negative values correct earlier ones.
    case corrections
  }

  /// Judges a series that holds a negative value.
  static func finding(_ values: [Double]) -> Finding {
    let known = values.filter { !$0.isNaN }
    let negative = known.filter { $0 < 0 }
    guard !negative.isEmpty, known.allSatisfy({ abs($0) <= 9e15 && $0 == $0.rounded() }) else { return .values }
    let positive = known.filter { $0 >= 0 }
    if Set(negative).count == 1, codes.contains(negative[0]), negative.count > 2, positive.count > 2 { return .code }
    // A correction takes back what some period held; a balance that swings about nought is negative more often.
    let largest = positive.max() ?? 0
    let isRare = Double(negative.count) <= max(1, mostCorrections * Double(known.count)) && known.count >= fewestKnown
    return isRare && negative.allSatisfy { -$0 <= largest } ? .corrections : .values
  }

  /// Judges a series with a negative value that its table says is one of counts.
  static func findingOfCounts(_ values: [Double]) -> Finding {
    let found = finding(values)
    return found == .values && values.allSatisfy { $0.isNaN || $0 == $0.rounded() } ? .corrections : found
  }

  /// Whether the periods before hold as much as every correction takes back.
  static func canBeNetted(_ values: [Double]) -> Bool {
    func total(_ values: [Double]) -> Double { values.reduce(0) { $1.isNaN ? $0 : $0 + $1 } }
    return total(netted(values)) == total(values)
  }

  /// The counts with their corrections taken from the periods before, the nearest first, and nought in their own.
  static func netted(_ values: [Double]) -> [Double] {
    var values = values
    for index in values.indices where values[index] < 0 {
      var owed = -values[index]
      values[index] = 0
      var earlier = index - 1
      while owed > 0, earlier >= 0 {
        if values[earlier] > 0 {
          let taken = min(owed, values[earlier])
          values[earlier] -= taken
          owed -= taken
        }
        earlier -= 1
      }
    }
    return values
  }
}
