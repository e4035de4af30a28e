import Assessment
import Charts
import RiskRanking
import TimeSeries
import Workbooks

/// The priorities of page one as charts of a spreadsheet program: all of them side by side, then each over time, with the numbers
/// they are drawn from.
struct PriorityCharts {
  static let sheetName = "Charts"
  static let dataName = "Chart data"

  let context: PackContext

  private struct Line {
    let risk: Risk
    let series: AssessedSeries
    var figures: Series { series.observed }
    let title: String
  }

  /// Two sheets, or none where page one has no priority with a history.
  func sheets() -> [WorkbookSheet] {
    let lines = context.topRisks.compactMap { risk -> Line? in
      guard let series = context.series(of: risk), series.observed.count > 0 else { return nil }
      return Line(
        risk: risk, series: series, title: "\(risk.label), \(context.displayName(risk.area.name))")
    }
    guard let start = lines.map(\.figures.start).min(), let end = lines.map({ lastPeriod($0) }).max() else { return [] }
    let data = dataSheet(lines, start...end)
    var sheet = WorkbookSheet(PriorityCharts.sheetName)
    sheet.marking = context.assessment.configuration.marking
    sheet.columns = [.init(width: 46), .init(width: 16), .init(width: 16), .init(width: 16), .init(width: 16)]
    sheet.rows = [
      [.text("The priorities of page one", .title)],
      [.text("The charts below are drawn from these cells and from \u{201C}\(PriorityCharts.dataName)\u{201D}.")],
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
    for (index, line) in lines.enumerated() {
      sheet.charts.append(chart(of: line, index, start...end, row: row))
      row += 18
    }
    return [sheet, data]
  }

  private func lastPeriod(_ line: Line) -> Period {
    guard let forecast = line.series.forecast?.forecast, forecast.horizon > 0 else { return line.figures.end }
    return forecast.start + (forecast.horizon - 1)
  }

  private static let columnsOfLine = 4

  private func dataSheet(_ lines: [Line], _ span: ClosedRange<Period>) -> WorkbookSheet {
    var sheet = WorkbookSheet(PriorityCharts.dataName)
    sheet.marking = context.assessment.configuration.marking
    sheet.columns =
      [.init(width: 12)] + lines.flatMap { _ in (0..<PriorityCharts.columnsOfLine).map { _ in .init(width: 18) } }
    var head: [WorkbookCell] = [.text(Wording.sentence(context.periods.frequency.noun), .heading)]
    for line in lines {
      head += ["recorded", "forecast (mean)", "80 % from", "80 % to"].map { .text("\(line.title): \($0)", .heading) }
    }
    sheet.rows = [head]
    for offset in 0...(span.upperBound - span.lowerBound) {
      let period = span.lowerBound + offset
      var row: [WorkbookCell] = [.text(context.periods.label(period))]
      for line in lines {
        let text = MeasureText(line.risk.measure)
        let forecast = line.series.forecast?.forecast
        let step = forecast.map { period - $0.start } ?? -1
        let interval = forecast?.interval(80)
        func ahead(_ values: [Double]?) -> Double? {
          values.flatMap { $0.indices.contains(step) ? text.foreseenValue($0[step]) : nil }
        }
        row += [line.figures[period], ahead(forecast?.mean), ahead(interval?.lower), ahead(interval?.upper)].map {
          .number($0, CellStyle(format: text.numberFormat))
        }
      }
      sheet.rows.append(row)
    }
    (sheet.frozenRows, sheet.frozenColumns, sheet.repeatedRow) = (1, 1, 0)
    return sheet
  }

  private func chart(of line: Line, _ index: Int, _ span: ClosedRange<Period>, row: Int) -> NativeChart {
    let rows = 1...(span.upperBound - span.lowerBound + 1)
    let first = 1 + index * PriorityCharts.columnsOfLine
    func values(_ column: Int) -> NativeChart.Span { .column(first + column, rows: rows, of: PriorityCharts.dataName) }
    let words = context.words(line.risk)
    let last = line.figures.values.last.map { $0.isFinite ? words.text.level($0) : "missing" } ?? "missing"
    var chart = NativeChart(
      .line, title: words.headline,
      description:
        "\(words.headline). \(Wording.sentence(words.numbers)). Last recorded, \(context.periods.label(line.figures.end)): \(last).",
      categories: .column(0, rows: rows, of: PriorityCharts.dataName),
      series: [
        .init("Recorded", values: values(0), colour: 0x6F777B),
        .init("Forecast", values: values(1), colour: 0x12436D),
        .init("80 % from", values: values(2), colour: 0x801650, isDashed: true),
        .init("80 % to", values: values(3), colour: 0x801650, isDashed: true),
      ], row: row, column: 0)
    chart.unit = "\(line.title), a \(context.periods.frequency.noun)"
    chart.format = MeasureText(line.risk.measure).numberFormat
    return chart
  }
}
