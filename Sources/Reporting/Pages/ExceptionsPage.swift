import Charts
import CommunitySafety
import ExceptionDetection
import TimeSeries

/// Every period that was higher or lower than expected.
struct ExceptionsPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let configuration = context.assessment.configuration
    let shown = context.shownTests
    let higher = shown.filter { $0.kind.isHigher }
    let lower = shown.filter { $0.kind == .drop }
    let tested = context.assessment.tests.filter { $0.kind != .notTested }.count
    let table = ExceptionTable(context: context, root: "")
    let judged = context.periods.count(configuration.judgedPeriods)
    return PageShell.Page(
      path: "exceptions.html", title: "Exceptions",
      content: [
        .paragraph(
          "The latest \(judged) of every series were each compared with what its own history led us to expect: \(NumberText.grouped(tested)) comparisons. \(number(higher.count)) came out higher than expected and \(number(lower.count)) lower.",
          className: "lead"),
        .paragraph(
          "Of so many comparisons some look unusual by chance alone. A count is shown only if it stands up to a check for that: of those shown in one \(context.assessment.data.panel.frequency.noun), no more than about \(Wording.percent(configuration.falseDiscoveryRate)) should be chance (Benjamini and Hochberg, 1995). An exception says that something was unusual, not why."
        ),
        .section(
          id: "higher", "Higher than expected",
          [
            table.markup(
              higher, id: "higher-table", caption: "Higher than expected, newest first",
              empty: "Nothing exceptional: no count was higher than expected by more than chance explains.")
          ]),
        .section(
          id: "lower", "Lower than expected",
          [
            table.markup(
              lower, id: "lower-table",
              caption: "Lower than expected, newest first. A low count may also be late or missing records.",
              empty: "No count was lower than expected by more than chance explains.")
          ]),
        .section(id: "not-tested", "Not judged", [notTested()]),
        .dataFile("exceptions.csv", root: ""),
      ])
  }

  private func number(_ count: Int) -> String { count == 0 ? "none" : NumberText.grouped(count) }

  /// Reasons for no verdict, with how many periods each concerns.
  private func notTested() -> Markup {
    var counts: [String: Int] = [:]
    for test in context.assessment.tests where test.kind == .notTested {
      counts[test.reason ?? "no reason given", default: 0] += 1
    }
    return DataTable(
      id: "not-tested-table", caption: "Comparisons that could not be made, by reason",
      columns: [.init("Reason"), .init("Comparisons", isNumeric: true)],
      rows: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        DataTable.Row([Markup(text: Wording.sentence($0.key)), Markup(text: NumberText.grouped($0.value))])
      }, className: "compact", emptyText: "Every series was judged in every one of these periods."
    ).markup()
  }
}

extension PackContext {
  /// Flagged tests that are shown, newest first, then by how unusual they are. A district that is the whole of its
  /// partnership is shown once, under the partnership's name.
  var shownTests: [PeriodTest] {
    func p(_ test: PeriodTest) -> Double {
      let value = test.kind == .drop ? test.pLow : test.pValue
      return value.isNaN ? 1 : value
    }
    struct Judged: Hashable {
      let key: SeriesKey
      let period: Period
    }
    var seen = Set<Judged>()
    // Through the series, which hold the results of a partnership of one district under both names.
    return assessment.series.flatMap(\.tests).filter { test in
      isShown(test) && !isRepeated(test.key.area) && seen.insert(Judged(key: test.key, period: test.period)).inserted
    }.sorted { a, b in
      if a.period != b.period { return a.period.ordinal > b.period.ordinal }
      return p(a) != p(b) ? p(a) < p(b) : a.key < b.key
    }
  }
}
