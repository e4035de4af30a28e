import Assessment
import Charts
import RiskRanking
import TimeSeries
import Workbooks

/// The priorities of page one as charts of a spreadsheet program: all of them side by side, then each over time, with the numbers
/// they are drawn from.
struct PriorityCharts {
  static let sheetName = "Charts"

  let context: PackContext

  private struct Line {
    let risk: Risk
    let series: AssessedSeries
    let title: String
  }

  /// Two sheets, or none where page one has no priority with a history.
  func sheets() -> [WorkbookSheet] {
    let lines = context.topRisks.compactMap { risk -> Line? in
      guard let series = context.series(of: risk), series.observed.count > 0 else { return nil }
      return Line(
        risk: risk, series: series, title: "\(risk.label), \(context.displayName(risk.area.name))")
    }
    let drawn = SeriesCharts(
      context: context,
      lines: lines.map { line in
        let words = context.words(line.risk)
        return .init(
          series: line.series, title: line.title, headline: words.headline,
          description: "\(words.headline). \(Wording.sentence(words.numbers)).")
      })
    guard let data = drawn.dataSheet() else { return [] }
    var sheet = WorkbookSheet(PriorityCharts.sheetName)
    sheet.marking = context.assessment.configuration.marking
    sheet.columns = [.init(width: 46), .init(width: 16), .init(width: 16), .init(width: 16), .init(width: 16)]
    sheet.rows = [
      [.text("The priorities of page one", .title)],
      [.text("The charts below are drawn from these cells and from \u{201C}\(SeriesCharts.dataName)\u{201D}.")],
      [
        "Problem and place", "Last \(context.periods.year), like for like", "Next \(context.periods.year)", "80 % from",
        "80 % to",
      ].map {
        .text($0, .heading)
      },
    ]
    let foreseen = lines.filter { $0.risk.outlook != nil }
    let counts = foreseen.filter { $0.risk.evidence.kind == .count }
    for line in foreseen {
      guard let outlook = line.risk.outlook else { continue }
      let text = MeasureText(line.risk.measure)
      let style = CellStyle(format: text.numberFormat)
      sheet.rows.append(
        [.text(line.title), .number(outlook.lastYear, style)]
          + [outlook.mean, outlook.lower80, outlook.upper80].map { .number(text.foreseenValue($0), style) })
    }
    var row = sheet.rows.count + 1
    // Numbers of different kinds have no axis in common.
    if counts.count == foreseen.count, let first = counts.first {
      let rows = 3...(2 + counts.count)
      var chart = NativeChart(
        .bars, title: "What was recorded, and what is to be expected",
        description:
          "Bars for each of \(counts.count) problems: the last \(context.periods.year) like for like, and the mean forecast of the next. First: \(context.words(first.risk).headline). The numbers stand in the table above.",
        categories: .column(0, rows: rows, of: sheet.name),
        series: [
          .init(
            "Last \(context.periods.year), like for like", values: .column(1, rows: rows, of: sheet.name),
            colour: 0x6F777B),
          .init(
            "Next \(context.periods.year), forecast", values: .column(2, rows: rows, of: sheet.name), colour: 0x12436D),
        ], row: row, column: 0)
      chart.unit = "Recorded a year"
      chart.height = 90 + 40 * counts.count
      sheet.charts.append(chart)
      row += chart.height / 20 + 2
    }
    sheet.charts += drawn.charts(from: row)
    return [sheet, data]
  }
}
