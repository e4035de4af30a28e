import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Measures that go by another name, where that was asked for.
@Suite struct MeasureRenameTests {
  private static func data(_ series: [Series]) -> IngestedData {
    IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series), areas: [:],
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [])
  }

  private static func series(
    _ area: String, _ measure: String, from: Int, _ values: [Double], kind: MeasureKind = .count, partial: [Int] = []
  ) -> Series {
    Series(
      key: SeriesKey(area: area, measure: measure), start: .month(2020, 1) + from, values: values, kind: kind,
      partial: partial)
  }

  @Test func countsOfBothAreOneSeries() throws {
    let data = Self.data([
      Self.series("A", "Old", from: 0, [5, 6, .nan, 1, 0]), Self.series("A", "Other", from: 0, [9]),
      Self.series("A", "New", from: 2, [.nan, 4, .nan, 8], partial: [1]), Self.series("B", "Old", from: 0, [3]),
      Self.series("C", "New", from: 0, [2]),
    ])
    let joined = try data.joining([MeasureRename(old: "Old", new: "New")])
    #expect(
      joined.panel.series == [
        Self.series("A", "New", from: 0, [5, 6, .nan, 5, 0, 8], partial: [3]), Self.series("A", "Other", from: 0, [9]),
        Self.series("B", "New", from: 0, [3]), Self.series("C", "New", from: 0, [2]),
      ])
    #expect(joined.notes == [.series(.renamed(MeasureRename(old: "Old", new: "New"), areas: 2))])
    #expect(try data.joining([]).panel.series == data.panel.series)
  }

  @Test func whatCannotBeJoinedIsRefused() {
    let data = Self.data([
      Self.series("A", "Old", from: 0, [0.5], kind: .value), Self.series("A", "New", from: 0, [0.5], kind: .value),
    ])
    #expect(throws: HorizonError.self) { try data.joining([MeasureRename(old: "Old", new: "New")]) }
    #expect(throws: HorizonError.self) { try data.joining([MeasureRename(old: "Odl", new: "New")]) }
  }

  @Test func textIsTwoNames() {
    #expect(MeasureRename("Old one = New one") == MeasureRename(old: "Old one", new: "New one"))
    for wrong in ["Old", "=New", "Old=", "a=b=c", "a=a", ""] { #expect(MeasureRename(wrong) == nil) }
  }
}
