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
        func tagged(_ text: String, _ kind: Claim.Kind) -> Markup { figure(text, kind, of: test) }
        return DataTable.Row(
          id:
            "\(id)-\(context.slug(context.anchorName(test.key.area), test.key.measure ?? ""))-\(context.periods.anchor(test.period))",
          [
            Markup(text: context.periods.label(test.period)), subject(test, words),
            .element(
              "span", ["class": "direction"],
              .element("span", ["aria-hidden": "true", "class": "arrow"], words.isHigher ? "\u{25B2}" : "\u{25BD}"),
              " \(words.isHigher ? "higher" : "lower")"),
            test.observed.map { tagged(words.figure($0), .recorded) } ?? "missing",
            "\(tagged(words.figure(test.expected), .foreseen)) \(Markup.element("span", ["class": "interval"], "(\(tagged(words.range, .foreseenRange)))"))",
            tagged(words.difference, .excess), Markup(text: words.explanation),
          ])
      }, heading: 1, className: "exceptions", emptyText: empty
    ).markup()
  }

  private func figure(_ text: String, _ kind: Claim.Kind, of test: PeriodTest) -> Markup {
    guard let series = context.assessment.series(test.key) else { return Markup(text: text) }
    return Figures(context, area: series.area.name, measure: series.measure).tagged(text, kind, .period(test.period))
  }

  private func subject(_ test: PeriodTest, _ words: ExceptionWords) -> Markup {
    let name = context.place(test.key.area).full
    let place = Markup.element("span", ["class": "place"], " \(name)")
    guard let series = context.assessment.series(test.key),
      let risk = context.risk(in: series.area, measure: series.measure.id)
    else { return Markup(text: words.label) + place }
    return RiskTables(context: context, root: root).name(risk, place: name)
  }
}
