import Charts
import Forecasting
import Wording

/// Single figures that nothing was learnt from: keying errors, months entered at once, one night's events.
struct OutlierSection {
  let context: PackContext

  /// Nothing where there is none.
  var sections: [Markup] {
    let rows = context.assessment.series.flatMap { series in
      (series.forecast?.outliers ?? []).map { outlier in
        DataTable.Row([
          Markup(text: context.periods.label(outlier.period)), Markup(text: series.area.name),
          Markup(text: series.measure.label), Markup(text: Wording.count(outlier.counted)),
          Markup(text: Wording.count(outlier.typical.rounded())),
          outlier.held == nil ? "nothing is learnt from it" : "followed in part until the next is known",
        ])
      }
    }
    guard !rows.isEmpty else { return [] }
    let noun = context.periods.frequency.noun
    return [
      .section(
        id: "outliers", "Figures far out of line",
        [
          .paragraph(
            "A single \(noun) far from those beside it is more often a keying error, a batch of late records or one event than a new level. It stays in every count and total of this pack and may be an exception, but no forecast learns a level or a season from it. What stays up for two \(noun)s is learnt, and so is what is high every year."
          ),
          DataTable(
            id: "outliers-table", caption: "Figures that no forecast learnt from",
            columns: [
              .init(Wording.sentence(noun)), .init("Area"), .init("Measure"), .init("Recorded", isNumeric: true),
              .init("Typical", isNumeric: true), .init("What was done"),
            ], rows: rows, className: "compact"
          ).markup(),
        ])
    ]
  }
}
