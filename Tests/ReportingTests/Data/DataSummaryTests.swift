import Reporting
import Testing
import TimeSeries

@Suite struct DataSummaryTests {
  @Test func whatWasReadAndWhatBecameOfIt() {
    let lines = DataSummary.lines(SyntheticAssessment().data())
    #expect(lines.count == 5)
    #expect(lines[0] == "police.uk: 5 areas, 7 measures, 2020-01 to 2025-12 (monthly).")
    #expect(
      lines[1].contains("471230 rows read = 452100 counted + 1110 in residual areas (district outside the force)"))
    #expect(lines[1].hasSuffix(" + 1000 set aside (area not asked for)."))
    #expect(lines[2].hasPrefix("2 source-months absent: thames-valley 2020-07, thames-valley 2023-11"))
    #expect(lines[3].hasPrefix("1 source-months stray rows only: thames-valley 2025-07"))
    #expect(lines[4] == "1 source-months partial: thames-valley 2022-03.")
  }
}
