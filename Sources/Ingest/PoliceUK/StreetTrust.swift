import CommunitySafety
import TimeSeries

/// Which values of a force's series can be taken at their word.
///
/// A month that seems half-loaded is partial for every type. A type of which a whole force records nothing in a month,
/// where its other months hold at least ``fewestUsual`` in the middle, is partial there: Poisson counts of that mean are
/// zero once in 10¹³ months, a delivery without the type is not so rare. Types of the taxonomy that was in use before
/// 2013 are missing, not zero, in months of the later one, and the later types in months of the earlier one.
struct StreetTrust {
  /// Least median of a type's other months for a zero to be doubted.
  static let fewestUsual = 30.0

  /// Months of each force in which everything is partial.
  private let partialMonths: [Set<Int>]
  /// Months of each force and type that are partial.
  private let doubtedZeros: [[Set<Int>]]
  /// Months of each force and type in which the type was not in use.
  private let unused: [[Set<Int>]]
  /// What to say about it.
  let notes: [DataNote]

  /// Judges a table; `isThere` tells which months of `span` each force has, `partial` which of them are half-loaded.
  init(table: StreetTable, span: ClosedRange<Int>, isThere: [[Bool]], partial: [Set<Int>]) {
    var rows = [[[Int]]](
      repeating: [[Int]](repeating: [Int](repeating: 0, count: span.count), count: table.types.count),
      count: table.forces.count)
    for cell in table.cells { rows[cell.force][cell.type][cell.month - span.lowerBound] += cell.rows }
    let retired = table.types.indices.filter { StreetTable.retiredTypes.contains(table.types[$0]) }
    var notes: [DataNote] = []
    var doubted: [[Set<Int>]] = []
    var unused: [[Set<Int>]] = []
    for force in table.forces.indices {
      let present = span.indices.enumerated().map(\.offset).filter { isThere[force][$0] }
      let old = Set(present.filter { month in retired.contains { rows[force][$0][month] > 0 } })
      let isMixed = !old.isEmpty && old.count < present.count
      unused.append(
        table.types.indices.map { type in
          guard isMixed else { return [] }
          let here = retired.contains(type) ? Set(present).subtracting(old) : old
          // A type that both taxonomies know, such as burglary, has rows in the months of either.
          return here.contains { rows[force][type][$0] > 0 } ? [] : here
        })
      doubted.append(
        table.types.indices.map { type in
          let judged = present.filter { !unused[force][type].contains($0) && !partial[force].contains($0) }
          return StreetTrust.doubtedZeros(rows[force][type], among: judged)
        })
      for (type, months) in doubted[force].enumerated() where !months.isEmpty {
        let periods = months.sorted().map { Period(frequency: .monthly, ordinal: span.lowerBound + $0) }
        notes.append(.street(.absentType(force: table.displays[force], type: table.types[type], periods)))
      }
    }
    partialMonths = partial
    doubtedZeros = doubted
    self.unused = unused
    self.notes = notes
  }

  /// Whether a type was in use in a month (counted from the first of the span) of a force.
  func isUsed(force: Int, type: Int, month: Int) -> Bool { !unused[force][type].contains(month) }

  /// Months of a force and type, counted from the first of the span, whose values are partial.
  func partial(force: Int, type: Int) -> [Int] {
    partialMonths[force].union(doubtedZeros[force][type]).sorted()
  }

  /// Zeros among `months` that the other months contradict; a type that began or ended, with zeros only at one end, is
  /// believed.
  private static func doubtedZeros(_ rows: [Int], among months: [Int]) -> Set<Int> {
    let filled = months.filter { rows[$0] > 0 }
    guard filled.count >= HalfLoaded.fewestOthers, let first = filled.first, let last = filled.last,
      HalfLoaded.median(filled.map { Double(rows[$0]) }) >= fewestUsual
    else { return [] }
    let zeros = months.filter { rows[$0] == 0 }
    // Nothing in the newest month alone may as well be a delivery without the type as its end: doubted until it lasts.
    let isLasting = zeros.filter { $0 > last }.count >= 3
    return Set(zeros.filter { $0 > first && ($0 < last || !isLasting) })
  }
}
