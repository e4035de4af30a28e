import Testing

@testable import Ingest

@Suite struct TableGridTests {
  @Test func placesGapsAndSums() {
    var grid = TableGrid(spans: [3...6, nil])
    let (blank, suppressed) = (TableRows.State.blank.code, TableRows.State.suppressed.code)
    #expect(grid.put(2, series: 0, ordinal: 3) && grid.put(blank, series: 0, ordinal: 4))
    let isTaken = !grid.put(9, series: 0, ordinal: 3) && !grid.put(9, series: 0, ordinal: 4)
    #expect(isTaken)
    grid.add(5, series: 0, ordinal: 3)
    grid.add(suppressed, series: 0, ordinal: 4)
    #expect(grid.value(series: 0, ordinal: 3) == 7)
    #expect(TableRows.State(of: grid.value(series: 0, ordinal: 4)) == .blank)
    grid.add(suppressed, series: 0, ordinal: 3)
    grid.add(1, series: 0, ordinal: 3)
    #expect(TableRows.State(of: grid.value(series: 0, ordinal: 3)) == .suppressed)
    let taken = grid.take(0, absent: 0)
    #expect(taken.gaps == 2 && taken.values[2...] == [0, 0])
    #expect(grid.take(1, absent: nil).values.isEmpty)
  }

  @Test(arguments: [TableRows.State.blank, .notAvailable, .suppressed, .absent]) func statesComeBack(
    state: TableRows.State
  ) {
    #expect(state.code.isNaN && TableRows.State(of: state.code) == state)
    #expect(TableRows.State(of: 0) == .value)
  }
}
