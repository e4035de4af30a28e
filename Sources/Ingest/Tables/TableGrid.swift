/// The values of all series of a run, one after the other, and the row each came from.
struct TableGrid {
  private let starts: [Int]
  private let firsts: [Int]
  private let absent: Double
  private var cells: [Double]
  /// Row of each value; -1 where there is none.
  private var owners: [Int32]

  /// Room for the given spans; series without one take none. `absent` is the value where there is no row.
  init(spans: [ClosedRange<Int>?], absent: Double) {
    var starts = [0]
    starts.reserveCapacity(spans.count + 1)
    for span in spans { starts.append((starts.last ?? 0) + (span?.count ?? 0)) }
    self.starts = starts
    self.absent = absent
    firsts = spans.map { $0?.lowerBound ?? 0 }
    cells = [Double](repeating: absent, count: starts.last ?? 0)
    owners = [Int32](repeating: -1, count: starts.last ?? 0)
  }

  /// Puts a value in its place; returns the row that is there already, if one is.
  @inline(__always)
  mutating func put(_ value: Double, series: Int, ordinal: Int, row: Int) -> Int? {
    let index = starts[series] &+ ordinal &- firsts[series]
    guard owners[index] < 0 else { return Int(owners[index]) }
    owners[index] = Int32(truncatingIfNeeded: row)
    cells[index] = value
    return nil
  }

  /// The values of a series.
  func values(of series: Int) -> ArraySlice<Double> { cells[starts[series]..<starts[series + 1]] }

  /// Periods without a row, and series that have any.
  var gaps: (periods: Int, series: Int) {
    var (periods, series) = (0, 0)
    for index in starts.indices.dropLast() {
      let missing = owners[starts[index]..<starts[index + 1]].reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
      periods += missing
      series += missing > 0 ? 1 : 0
    }
    return (periods, series)
  }
}
