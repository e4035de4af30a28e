import Charts
import CommunitySafety
import RiskRanking
import Scorecard
import Tables
import TimeSeries
import Workbooks

/// `scorecard.xlsx`: the last year of every measure beside the year before, each over time as a chart that can be edited, and the files
/// of the scorecard as sheets of real numbers with filters.
struct ScorecardWorkbook {
  let report: ScorecardReport
  private var context: PackContext { report.context }
  private static let sheetName = "Charts"

  /// - Throws: ``HorizonError`` (cannotWrite) where it cannot be made.
  func file() throws -> OutputFile {
    try TablesWorkbook(
      context: context, path: "scorecard.xlsx", noun: "scorecard",
      title: "\(context.title): scorecard \(report.windows.quarter.name)", charts: charts(),
      chartNote:
        "What stands out, then every other measure in the widest place that has it, as charts of this workbook.",
      parts: ScorecardData(report: report).sheets.map { PackData.Part(path: "\($0.name).csv", sheet: $0.sheet) }
    ).file()
  }

  /// The row that speaks for each measure: of those that stand out the one that leads, of others the widest place.
  private var rows: [ScorecardRow] {
    let findings = report.findings
    let found = Set(findings.map(\.measure.id))
    return findings.map(\.lead)
      + report.measures.filter { !found.contains($0.id) }.compactMap { report.rows(of: $0).first }
  }

  private func charts() -> [WorkbookSheet] {
    let rows = rows.filter { $0.series.observed.count > 0 }
    let words = ScorecardWords(report: report)
    func title(_ row: ScorecardRow) -> String {
      "\(Wording.name(row.series.label)), \(context.displayName(row.area.name))"
    }
    let drawn = SeriesCharts(
      context: context,
      lines: rows.map { row in
        // What it is on page one for, else where it goes.
        let said =
          row.isDirectionExceptional
          ? words.way(row)
          : row.exceptions.last.map { "\(context.words($0).kind) in \(context.periods.label($0.period))" }
            ?? words.way(row)
        return .init(
          series: row.series, title: title(row), headline: "\(title(row)): \(said)",
          description: "Direction of travel \(words.way(row)); control chart \(row.chart.variation.rawValue).")
      })
    guard let data = drawn.dataSheet() else { return [] }
    var sheet = WorkbookSheet(ScorecardWorkbook.sheetName)
    sheet.marking = context.assessment.configuration.marking
    sheet.columns = [46, 22, 14, 16, 16, 14].map { .init(width: $0) }
    sheet.rows = [
      [.text("Scorecard \(report.windows.quarter.name): \(words.quarter)", .title)],
      [.text("The charts below are drawn from these cells and from \u{201C}\(SeriesCharts.dataName)\u{201D}.")],
      [
        "Measure and place", "Direction of travel", "Exception",
        "Last \(context.periods.year), like for like where known", "The year before",
        "Change",
      ].map { .text($0, .heading) },
    ]
    // Levels are like for like where the recording changed by a known amount.
    for row in rows {
      let text = MeasureText(row.measure)
      let levels = row.yearOnYear?.comparedLevels
      let style = CellStyle(format: text.numberFormat)
      let change = levels.flatMap { levels -> Double? in
        row.measure.kind == .count && levels.earlier >= Wording.smallestBase ? levels.later / levels.earlier - 1 : nil
      }
      sheet.rows.append([
        .text(title(row)), .text(words.way(row)), .text(row.isException ? "yes" : "no"),
        .number(levels?.later, style), .number(levels?.earlier, style),
        .number(change, CellStyle(format: "+0.0%;-0.0%;0.0%")),
      ])
    }
    sheet.filter = 2...(2 + rows.count)
    sheet.frozenRows = 3
    let row = sheet.rows.count + 1
    // Counts of one place have an axis in common.
    let changes = rows.indices.filter { sheet.rows[3 + $0].last?.value != .blank }
    guard let first = changes.first, changes == Array(first..<first + changes.count) else {
      sheet.charts = drawn.charts(from: row)
      return [sheet, data]
    }
    let cells = (3 + first)...(2 + first + changes.count)
    var chart = NativeChart(
      .bars, title: "Change of the last \(context.periods.year) on the year before",
      description:
        "Bars for each of \(changes.count) measures: the change of the last \(context.periods.year) on the year before. First: \(title(rows[first])), \(words.way(rows[first])). The numbers stand in the table above.",
      categories: .column(0, rows: cells, of: sheet.name),
      series: [.init("Change", values: .column(5, rows: cells, of: sheet.name), colour: 0x12436D)], row: row, column: 0)
    chart.format = "0%"
    chart.hasNegatives = true
    chart.height = 90 + 24 * changes.count
    sheet.charts = [chart] + drawn.charts(from: row + chart.height / 20 + 2)
    return [sheet, data]
  }
}
