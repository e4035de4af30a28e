import Assessment
import Charts
import RiskRanking
import TimeSeries
import Workbooks

/// Series over time with their forecasts as charts of a spreadsheet program, and the sheet of numbers that they are drawn from.
struct SeriesCharts {
  static let dataName = "Chart data"

  /// A series to draw.
  struct Line {
    let series: AssessedSeries
    /// What it is: "Burglary, Oxford".
    let title: String
    /// The finding.
    let headline: String
    /// The finding in full, for those who do not see the chart; the last value is added.
    let description: String
    var figures: Series { series.observed }
  }

  let context: PackContext
  let lines: [Line]

  private static let columnsOfLine = 4
  private static let rowsOfChart = 18

  private var span: ClosedRange<Period>? {
    guard let start = lines.map(\.figures.start).min(), let end = lines.map({ lastPeriod($0) }).max() else {
      return nil
    }
    return start...end
  }

  private func lastPeriod(_ line: Line) -> Period {
    guard let forecast = line.series.forecast?.forecast, forecast.horizon > 0 else { return line.figures.end }
    return forecast.start + (forecast.horizon - 1)
  }

  /// Months are days of the calendar, which spreadsheet programs sort and draw as such.
  private var hasDates: Bool { context.periods.frequency == .monthly }

  private func cell(_ period: Period) -> WorkbookCell {
    guard hasDates else { return .text(context.periods.label(period)) }
    let day = period.firstDay
    return WorkbookCell(.date(year: day.year, month: day.month, day: day.day), CellStyle(format: "mmm yyyy"))
  }

  /// The numbers, a row a period; nil of no series.
  func dataSheet() -> WorkbookSheet? {
    guard let span else { return nil }
    var sheet = WorkbookSheet(SeriesCharts.dataName)
    sheet.marking = context.assessment.configuration.marking
    sheet.columns =
      [.init(width: 12)] + lines.flatMap { _ in (0..<SeriesCharts.columnsOfLine).map { _ in .init(width: 18) } }
    var head: [WorkbookCell] = [.text(Wording.sentence(context.periods.frequency.noun), .heading)]
    for line in lines {
      head += ["recorded", "forecast (mean)", "80 % from", "80 % to"].map { .text("\(line.title): \($0)", .heading) }
    }
    sheet.rows = [head]
    for offset in 0...(span.upperBound - span.lowerBound) {
      let period = span.lowerBound + offset
      var row: [WorkbookCell] = [cell(period)]
      for line in lines {
        let text = MeasureText(line.series.measure)
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

  /// A chart of each, one below the other.
  ///
  /// - Parameter row: of the first, from 0.
  func charts(from row: Int) -> [NativeChart] {
    guard let span else { return [] }
    return lines.indices.map { chart($0, span, row: row + $0 * SeriesCharts.rowsOfChart) }
  }

  private func chart(_ index: Int, _ span: ClosedRange<Period>, row: Int) -> NativeChart {
    let line = lines[index]
    let rows = 1...(span.upperBound - span.lowerBound + 1)
    let first = 1 + index * SeriesCharts.columnsOfLine
    func values(_ column: Int) -> NativeChart.Span { .column(first + column, rows: rows, of: SeriesCharts.dataName) }
    let text = MeasureText(line.series.measure)
    let last = line.figures.values.last.map { $0.isFinite ? text.level($0) : "missing" } ?? "missing"
    var chart = NativeChart(
      .line, title: line.headline,
      description: "\(line.description) Last recorded, \(context.periods.label(line.figures.end)): \(last).",
      categories: .column(0, rows: rows, of: SeriesCharts.dataName),
      series: [
        .init("Recorded", values: values(0), colour: 0x6F777B),
        .init("Forecast", values: values(1), colour: 0x12436D),
        .init("80 % from", values: values(2), colour: 0x801650, isDashed: true),
        .init("80 % to", values: values(3), colour: 0x801650, isDashed: true),
      ], row: row, column: 0)
    chart.unit = "\(line.title), a \(context.periods.frequency.noun)"
    chart.format = text.numberFormat
    if hasDates { chart.categoryFormat = "mmm yyyy" }
    return chart
  }
}
