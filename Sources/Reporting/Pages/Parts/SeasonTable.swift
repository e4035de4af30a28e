import Charts
import TimeSeries

/// When in the year: recorded means by calendar month over the latest years, as words and a table.
struct SeasonTable {
  let periods: PeriodText
  let series: Series?

  /// Years of history used.
  private static let years = 5

  func markup(label: String, text: MeasureText) -> Markup {
    guard let series, periods.frequency == .monthly || periods.frequency == .quarterly else {
      return .paragraph("The seasons are not described for \(periods.frequency.rawValue) data.")
    }
    let length = periods.frequency.seasonLength
    var sums = [Double](repeating: 0, count: length)
    var counts = [Int](repeating: 0, count: length)
    for i in series.values.indices.suffix(SeasonTable.years * length) where series.values[i].isFinite {
      let season = (series.start + i).seasonIndex
      sums[season] += series.values[i]
      counts[season] += 1
    }
    guard (counts.min() ?? 0) >= 2 else {
      return .paragraph(
        "Fewer than two years of each \(periods.frequency.noun) are observed: too few to speak of a season.")
    }
    let means = zip(sums, counts).map { $0 / Double($1) }
    let order = means.indices.sorted { (means[$1], $0) < (means[$0], $1) }
    let top = order.prefix(length == 12 ? 3 : 1).sorted().map(name)
    let bottom = order.suffix(length == 12 ? 3 : 1).sorted().map(name)
    return .joined([
      .paragraph(
        "Over the last \(SeasonTable.years) years or as many as there are, \(text.kind == .count ? "most was recorded" : "it was highest") in \(Wording.list(top)) and \(text.kind == .count ? "least" : "lowest") in \(Wording.list(bottom)). \(Wording.sentence(periods.frequency.noun))s of different length are not adjusted."
      ),
      .details(
        "Numbers by \(periods.frequency.noun)",
        [
          DataTable(
            caption: "\(label): mean recorded by calendar \(periods.frequency.noun)",
            columns: [
              .init(Wording.sentence(periods.frequency.noun)), .init("Mean recorded", isNumeric: true),
              .init("Years observed", isNumeric: true),
            ],
            rows: means.indices.map {
              DataTable.Row([Markup(text: name($0)), Markup(text: text.level(means[$0])), "\(counts[$0])"])
            }, className: "dense compact"
          ).markup()
        ]),
    ])
  }

  private func name(_ season: Int) -> String { periods.season(season, isLong: true) }
}
