import Testing
import TimeSeries

@testable import Ingest

@Suite struct CivilDateCellTests {
  private func date(_ text: String) -> CivilDate? {
    Array(text.utf8).withUnsafeBufferPointer { CivilDate(cell: $0) }
  }

  @Test(arguments: [
    "2024-06-03", "2024-06-03T10:00:00Z", "2024-06-03 23:59", "03/06/2024", "03/06/2024 07:15", "3/6/2024", "03/06/24",
    "03-06-2024", "03.06.2024", "20240603", "2024/06/03", "3 June 2024", "03-Jun-2024", "03-JUN-24 00:00",
  ]) func aDayInManyForms(text: String) { #expect(date(text) == CivilDate(year: 2024, month: 6, day: 3)) }

  @Test(arguments: [
    "", "2024-06", "31/02/2024", "06/13/2024", "2024-6-3", "yesterday", "3 June", "3 Juni 2024", "\u{0}",
    "2024-06-03x", String(repeating: "3", count: 60),
  ]) func noDay(text: String) { #expect(date(text) == nil) }
}
