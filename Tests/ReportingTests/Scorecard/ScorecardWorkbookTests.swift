import CommunitySafety
import Foundation
import Ingest
import Scorecard
import Tables
import TestSupport
import Testing
import TimeSeries

@testable import Reporting

/// `scorecard.xlsx` holds what the scorecard's files hold, as numbers.
@Suite struct ScorecardWorkbookTests {
  private static let made = Task {
    let assessment = try await SyntheticAssessment.standard.value
    let windows = try ScorecardWindows(nil, of: try #require(assessment.span))
    return ScorecardReport(try await Scorecard(assessment, windows: windows), of: assessment, version: "0.1.0")
  }

  private func sheets(_ file: OutputFile) throws -> [String: WorkbookCells] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(file.contents).write(to: path)
    return Dictionary(uniqueKeysWithValues: try WorkbookCells.sheets(ofFile: path.path).map { ($0.name, $0) })
  }

  @Test func itHoldsEveryTableAndIsTheSameEachTime() async throws {
    let report = try await Self.made.value
    let file = try #require(try await report.files(workbook: true, threads: 1).first { $0.path == "scorecard.xlsx" })
    #expect(try await report.files(workbook: true, threads: 3).first { $0.path == "scorecard.xlsx" } == file)
    #expect(!(try await report.files()).contains { $0.path.hasSuffix(".xlsx") })
    let sheets = try sheets(file)
    for (name, sheet) in ScorecardData(report: report).sheets {
      let found = try #require(sheets[Wording.sentence(name)], "\(sheets.keys.sorted())")
      let lines = try sheet.rendered(as: .csv).split(separator: UInt8(ascii: "\n")).count
      #expect(found.rows.count >= lines && lines > 1, "\(name): \(found.rows.count) of \(lines)")
    }
    // A row for each measure, its levels as numbers: those of the comparison that the pages print.
    let charts = try #require(sheets["Charts"])
    let rows = report.measures.compactMap { measure in report.rows(of: measure).first }
    #expect(rows.count > 2)
    for finding in report.findings {
      let levels = try #require(finding.lead.yearOnYear?.comparedLevels)
      #expect(
        charts.rows.contains { row in
          row.cells.values.contains { $0.text.contains(Wording.name(finding.measure.label)) }
            && row.cells.values.contains {
              $0.isNumber && Double($0.text).map { abs($0 - levels.later) < 1e-6 } ?? false
            }
        }, "\(finding.measure.label): \(levels.later)")
    }
  }
}
