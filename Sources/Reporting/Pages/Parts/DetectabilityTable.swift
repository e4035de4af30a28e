import Charts
import ExceptionDetection
import TimeSeries

/// How small a rise would be noticed in each series: what the absence of an exception means.
struct DetectabilityTable {
  let context: PackContext

  func markup() -> [Markup] {
    guard !context.assessment.detectability.isEmpty else {
      return [
        .paragraph(
          "No exception does not mean no change: in a small series even a large rise is hard to tell from chance. How large a rise would have to be was not worked out for so many series; \(Markup.element("code", [:], "horizon exceptions INPUT --detectability")) does."
        )
      ]
    }
    let results = context.assessment.detectability.filter { !$0.rises.isEmpty }
    let silent = context.assessment.detectability.count - results.count
    guard let first = results.first else {
      return [.paragraph("No series has history enough for a test, so no rise of any size would be noticed by one.")]
    }
    let within = first.rises.map(\.within)
    let noun = context.periods.frequency.noun
    let sentence =
      silent == 0
      ? "" : " \(silent) more series could not be judged at all: there a rise of any size would go unnoticed."
    return [
      .paragraph(
        "No exception does not mean no change: in a small series even a large rise is hard to tell from chance. The table gives the smallest lasting rise that the test would find with a probability of 80\u{A0}%, by simulation from the series' own past.\(sentence)"
      ),
      .details(
        "The smallest rise that would be found, by series",
        [
          DataTable(
            id: "detectability-table",
            caption:
              "Recorded more a \(noun) than expected, found with 80\u{A0}% probability; each beside what was expected a \(noun) over the same \(noun)s",
            columns: [.init("Series")] + within.map { .init("Within \(context.periods.count($0))", isNumeric: true) },
            rows: results.map { result in
              DataTable.Row(
                [Markup(text: "\(context.label(result.key)), \(context.place(result.key.area).full)")]
                  + result.rises.map { Markup(text: words($0)) })
            }, className: "dense compact"
          ).markup()
        ]),
      .dataFile("detectability.csv", root: ""),
    ]
  }

  /// "12 on 28", "51 on 63 (+81 %)": the percentage, only on a base of 30 or more, is that of the two numbers as they stand.
  private func words(_ rise: Detectability.Rise) -> String {
    let base = rise.expected >= 10 ? rise.expected.rounded() : (rise.expected * 10).rounded() / 10
    guard let count = rise.count else { return "none on \(Wording.count(base))" }
    let size = count >= 10 ? count.rounded() : (count * 10).rounded() / 10
    let words = "\(Wording.count(size)) on \(Wording.count(base))"
    return base >= Wording.smallestBase ? "\(words) (\(Wording.signedPercent(size / base)))" : words
  }
}
