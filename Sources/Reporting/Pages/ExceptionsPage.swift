import Charts
import CommunitySafety
import ExceptionDetection
import TimeSeries
import Wording

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
          tested == 0
            ? "None of the latest \(judged) of any series could be compared with what its own history led us to expect; the reasons are below."
            : "The latest \(judged) of every series that allows it were each compared with what its own history led us to expect: \(NumberText.grouped(tested)) comparisons. \(Wording.sentence(number(higher.count))) came out higher than expected and \(number(lower.count)) lower.",
          className: "lead"),
        .section(id: "stories", "What stands out, event by event", stories()),
        .paragraph(
          "Of so many comparisons some look unusual by chance alone. A count is shown only if it stands up to a check for that: of those shown in one \(context.assessment.data.panel.frequency.noun), no more than about \(Wording.percent(configuration.falseDiscoveryRate)) should be chance (Benjamini and Bogomolov, 2014). An exception says that something was unusual, not why."
        ),
        .section(
          id: "higher", "Period by period: higher than expected",
          [
            table.markup(
              newest(higher), id: "higher-table", caption: "Higher than expected, newest first",
              empty: context.nothingExceptional(
                "Nothing exceptional: no count was higher than expected by more than chance explains.",
                among: context.assessment.tests)), more(higher),
          ]),
        .section(
          id: "lower", "Period by period: lower than expected",
          [
            table.markup(
              newest(lower), id: "lower-table",
              caption: "Lower than expected, newest first. A low count may also be late or missing records.",
              empty: context.nothingExceptional(
                "No count was lower than expected by more than chance explains.", among: context.assessment.tests)),
            more(lower),
          ]),
        .section(id: "not-tested", "Not judged", [notTested()]),
        .dataFile("exceptions.csv", root: ""),
      ])
  }

  /// Every event once: rises that are going on first, then falls, then what is over.
  private func stories() -> [Markup] {
    let table = StoryTable(context: context, root: "")
    let open = context.stories.filter(\.lead.state.isOpen)
    let closed = context.stories.filter { !$0.lead.state.isOpen }
    let noun = context.periods.frequency.noun
    return [
      .paragraph(
        "One line is one event: unusual \(noun)s that belong together, from the first to the last. A rise that several areas share is told once, with what each adds. While an event goes on, what it added is not taken for usual by the test that finds it; a level that has lasted for long becomes the new normal. Forecasts are another matter: they leave out a single \(noun) far out of line and learn from what lasts longer, and where a recommendation rests on that, it says so."
      ),
      table.markup(
        open.filter(\.lead.isHigher), id: "story-higher", caption: "Higher than expected, and going on",
        empty: context.nothingExceptional("No rise beyond chance is going on.", among: context.assessment.tests)),
      table.markup(
        open.filter { !$0.lead.isHigher }, id: "story-lower",
        caption:
          "Lower than expected, and going on. A fall can be an improvement, a change in recording or missing data.",
        empty: context.nothingExceptional("No fall beyond chance is going on.", among: context.assessment.tests)),
      table.markup(
        closed, id: "story-closed",
        caption:
          "Over, or become the new normal, in the latest \(context.periods.count(context.assessment.configuration.judgedPeriods))",
        empty: context.nothingExceptional(
          "No event has ended in the latest \(noun)s.", among: context.assessment.tests)),
      .dataFile("episodes.csv", root: ""),
    ]
  }

  /// Most lines of a table of single periods: what is older stands in the file.
  private static let mostLines = 60

  private func newest(_ tests: [PeriodTest]) -> [PeriodTest] { Array(tests.prefix(ExceptionsPage.mostLines)) }

  private func more(_ tests: [PeriodTest]) -> Markup {
    let rest = tests.count - ExceptionsPage.mostLines
    return rest > 0
      ? .paragraph(
        "\(NumberText.grouped(rest)) more are in \(Markup.link(to: "exceptions.csv", "exceptions.csv")) and on the pages of their places."
      ) : .empty
  }

  private func number(_ count: Int) -> String { count == 0 ? "none" : NumberText.grouped(count) }

  /// Reasons for no verdict, with how many periods each concerns.
  private func notTested() -> Markup {
    return DataTable(
      id: "not-tested-table", caption: "Comparisons that could not be made, by reason",
      columns: [.init("Reason"), .init("Comparisons", isNumeric: true)],
      rows: VerdictTally(context.assessment.tests).ordered.map {
        DataTable.Row([Markup(text: Wording.sentence($0.reason)), Markup(text: NumberText.grouped($0.periods))])
      }, className: "compact", emptyText: "Every series was judged in every one of these periods."
    ).markup()
  }
}

extension PackContext {
  /// What to say where no exception is shown: nothing that was not judged is called ordinary.
  func nothingExceptional(_ text: String, among tests: [PeriodTest]) -> Markup {
    let tally = VerdictTally(tests)
    let because = tally.because.map { ", \(Wording.unstopped($0))" } ?? ""
    guard tally.judged > 0 else {
      return Markup(
        text:
          "None of these figures could be judged\(because): no verdict does not mean that nothing was unusual.")
    }
    guard tally.unjudged > 0 else { return Markup(text: text) }
    return Markup(
      text:
        "\(text) \(NumberText.grouped(tally.unjudged)) of \(NumberText.grouped(tally.total)) could not be judged\(because), which does not mean that nothing was unusual."
    )
  }

  /// Flagged tests that are shown, newest first, then by how unusual they are.
  func testsToShow() -> [PeriodTest] {
    func p(_ test: PeriodTest) -> Double {
      let value = test.kind == .drop ? test.pLow : test.pValue
      return value.isNaN ? 1 : value
    }
    return assessment.series.flatMap(\.tests).filter(isShown).sorted { a, b in
      if a.period != b.period { return a.period.ordinal > b.period.ordinal }
      return p(a) != p(b) ? p(a) < p(b) : a.key < b.key
    }
  }
}
