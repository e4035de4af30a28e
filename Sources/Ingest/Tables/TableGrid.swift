/// The values of the series of a run that are put together from rows: numbers, or NaNs that say why there is none
/// (`TableRows.State.code`).
struct TableGrid {
  private let firsts: [Int]
  private var cells: [[Double]]

  /// Room for the given spans, everything absent; series without one take none.
  init(spans: [ClosedRange<Int>?]) {
    firsts = spans.map { $0?.lowerBound ?? 0 }
    cells = spans.map { [Double](repeating: TableGrid.absent, count: $0?.count ?? 0) }
  }

  private static let absent = TableRows.State.absent.code

  /// Puts a value in its place; returns false, and leaves what is there, where there is something already.
  @inline(__always)
  mutating func put(_ value: Double, series: Int, ordinal: Int) -> Bool {
    let index = ordinal &- firsts[series]
    guard cells[series][index].bitPattern == TableGrid.absent.bitPattern else { return false }
    cells[series][index] = value
    return true
  }

  /// Adds to what is there already; a sum with a missing part is missing, for the reason of the part met first.
  mutating func add(_ value: Double, series: Int, ordinal: Int) {
    let index = ordinal - firsts[series]
    let known = cells[series][index]
    if known.isNaN { return }
    cells[series][index] = value.isNaN ? value : known + value
  }

  /// Puts a value in the place of another.
  mutating func replace(_ value: Double, series: Int, ordinal: Int) { cells[series][ordinal - firsts[series]] = value }

  /// The value at a place.
  func value(series: Int, ordinal: Int) -> Double { cells[series][ordinal - firsts[series]] }

  /// The values of a series, which the grid then no longer holds; `absent` is the value where there was no row. Returns
  /// also how many those are.
  mutating func take(_ series: Int, absent: Double?) -> (values: [Double], gaps: Int) {
    var values: [Double] = []
    swap(&values, &cells[series])
    var gaps = 0
    for index in values.indices where values[index].bitPattern == TableGrid.absent.bitPattern {
      gaps += 1
      if let absent { values[index] = absent }
    }
    return (values, gaps)
  }
}
