import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Series by the windows of a quarterly scorecard: the latest quarter and the financial year to date against the same periods of last
/// year, the rolling year against the year before and two years before. Every change is over the periods that both sides have.
struct ScorecardTable {
  let context: PackContext
  let series: [AssessedSeries]

  /// The windows at the end of the data; nil where quarters make no sense.
  private var windows: FinancialWindows? { context.span.flatMap { FinancialWindows(end: $0.upperBound) } }

  func markup(id: String, caption: Markup, heading: String, name: (AssessedSeries) -> Markup) -> Markup {
    guard let windows else {
      return .paragraph(
        "Figures by \(context.periods.frequency.noun) are not told by financial quarter: the \(context.periods.frequency.noun)s do not make one up."
      )
    }
    let periods = context.periods
    let quarter = periods.range(windows.quarter.lowerBound, windows.quarter.upperBound)
    let toDate = periods.range(windows.yearToDate.lowerBound, windows.yearToDate.upperBound)
    let table = DataTable(
      id: id, caption: caption,
      columns: [
        .init(heading), .init("Quarter, \(quarter)", isNumeric: true),
        .init("on the same quarter last year", isNumeric: true), .init("Year to date, \(toDate)", isNumeric: true),
        .init("on the same \(periods.frequency.noun)s last year", isNumeric: true),
        .init("\(Wording.sentence(periods.year)) to \(periods.label(windows.year.upperBound))", isNumeric: true),
        .init("on the year before", isNumeric: true), .init("on two years before", isNumeric: true),
      ],
      rows: series.map { DataTable.Row([name($0)] + cells($0, windows)) }, className: "comparison scorecard"
    ).markup()
    return .joined([table, reading(windows)])
  }

  /// What adds up to what.
  private func reading(_ windows: FinancialWindows) -> Markup {
    let noun = context.periods.frequency.noun
    let sum =
      windows.rest.map {
        "The \(context.periods.year) are the year to date and \(context.periods.range($0.lowerBound, $0.upperBound)). "
      } ?? "The financial year has just ended: the year to date is the \(context.periods.year). "
    return .paragraph(
      "\(sum)A \(noun) that one side lacks is left out of both, and said; \u{201C}on\u{201D} gives the figure that the change is measured from. Two years before is there to skip a year of restrictions.",
      className: "note")
  }

  private func cells(_ one: AssessedSeries, _ windows: FinancialWindows) -> [Markup] {
    func words(_ window: ClosedRange<Period>) -> ComparisonWords {
      var words = ComparisonWords(context: context, series: one)
      words.window = { .from(window.lowerBound, back: $1, periods: $0.periods.count) }
      return words
    }
    func level(_ window: ClosedRange<Period>, _ words: ComparisonWords) -> Markup {
      one.compared(window, yearsBack: 0).map(words.levelCell) ?? "none recorded"
    }
    func change(_ window: ClosedRange<Period>, _ words: ComparisonWords, back: Int = 1) -> Markup {
      words.changeCell(one.compared(window, yearsBack: back))
    }
    let (quarter, toDate, year) = (
      words(windows.quarter), words(windows.yearToDate), ComparisonWords(context: context, series: one)
    )
    return [
      level(windows.quarter, quarter), change(windows.quarter, quarter), level(windows.yearToDate, toDate),
      change(windows.yearToDate, toDate), level(windows.year, year) + rest(one, windows),
      change(windows.year, year), change(windows.year, year, back: 2),
    ]
  }

  /// Of a count what the year holds beside the year to date.
  private func rest(_ one: AssessedSeries, _ windows: FinancialWindows) -> Markup {
    guard one.observed.kind == .count, let window = windows.rest, let rest = one.compared(window, yearsBack: 0) else {
      return .empty
    }
    let figure = Figures(context, area: one.area.name, measure: one.measure).level(
      rest.later.recorded, .recorded, .from(window.lowerBound, back: 0, periods: rest.periods.count))
    return .element(
      "span", ["class": "aside"], " with \(figure) in \(context.periods.range(window.lowerBound, window.upperBound))")
  }
}
