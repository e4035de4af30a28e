import Charts
import CommunitySafety
import ExceptionDetection
import TimeSeries

/// Flagged periods with the two sentences that say why.
struct ExceptionTable {
  let context: PackContext
  let root: String

  func markup(_ tests: [PeriodTest], id: String, caption: Markup, empty: Markup) -> Markup {
    DataTable(
      id: id, caption: caption,
      columns: [
        .init(Wording.sentence(context.periods.frequency.noun)), .init("What and where"), .init("Sign"),
        .init("Recorded", isNumeric: true), .init("Expected (range)", isNumeric: true), .init("Difference"),
        .init("Why flagged"),
      ],
      rows: tests.map { test in
        let words = context.words(test)
        return DataTable.Row(
          id: "\(id)-\(context.slug(words.area, test.key.measure ?? ""))-\(context.periods.anchor(test.period))",
          [
            Markup(text: context.periods.label(test.period)), subject(test, words),
            .element(
              "span", ["class": "direction"],
              .element("span", ["aria-hidden": "true", "class": "arrow"], words.isHigher ? "\u{25B2}" : "\u{25BD}"),
              " \(words.isHigher ? "higher" : "lower")"),
            Markup(text: test.observed.map(words.figure) ?? "missing"),
            "\(words.figure(test.expected)) \(Markup.element("span", ["class": "interval"], "(\(words.range))"))",
            Markup(text: words.difference), Markup(text: words.explanation),
          ])
      }, heading: 1, className: "exceptions", emptyText: empty
    ).markup()
  }

  private func subject(_ test: PeriodTest, _ words: ExceptionWords) -> Markup {
    let place = Markup.element("span", ["class": "place"], " \(context.place(test.key.area).full)")
    guard let series = context.assessment.series(test.key),
      let risk = context.risk(in: series.area, measure: series.measure.id)
    else { return Markup(text: words.label) + place }
    return RiskTables(context: context, root: root).name(risk, withPlace: false) + place
  }
}
