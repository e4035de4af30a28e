import Charts
import TimeSeries
import Wording

/// When in the year: how each calendar month compares with an average one, as words and a table.
///
/// Years and trend are taken out: each year of the latest five is compared with itself, so that a month observed in more of the high
/// years is not the higher for it, and a steady rise does not make December high. Periods of a known untypical stretch and single
/// counts far out of line are left out.
struct SeasonTable {
  let periods: PeriodText
  let series: Series?
  var interventions: [Intervention] = []
  /// Periods whose single count is far out of line.
  var outliers: [Period] = []

  /// Years of history used.
  private static let years = 5
  /// Typical years of each period that are needed.
  private static let leastYears = 2
  /// Recorded a period on average, below which a season is told from chance by nobody.
  private static let smallestMean = 3.0

  func markup(label: String, text: MeasureText) -> Markup {
    guard let series, periods.frequency == .monthly || periods.frequency == .quarterly else {
      return .paragraph("The seasons are not described for \(periods.frequency.rawValue) data.")
    }
    let length = periods.frequency.seasonLength
    let noun = periods.frequency.noun
    guard let season = season(series, length) else {
      return .paragraph("Fewer than two typical years of each \(noun) are observed: too few to speak of a season.")
    }
    let isCount = text.kind == .count
    guard !isCount || season.mean >= SeasonTable.smallestMean else {
      return .paragraph("Too few are recorded a \(noun) to speak of a season.")
    }
    let effects = season.effects
    let order = effects.indices.sorted { (effects[$1], $0) < (effects[$0], $1) }
    let top = order.prefix(length == 12 ? 3 : 1).sorted().map(name)
    let bottom = order.suffix(length == 12 ? 3 : 1).sorted().map(name)
    let words =
      season.stands
      ? "\(isCount ? "most was recorded" : "it was highest") in \(Wording.list(top)) and \(isCount ? "least" : "lowest") in \(Wording.list(bottom))"
      : "no \(noun) stands out: the differences between \(noun)s are no larger than those between years"
    return .joined([
      .paragraph(
        "Over the last \(SeasonTable.years) years or as many as there are, \(words). Each year is compared with itself and the trend is taken out; untypical \(noun)s are left out, and \(noun)s of different length are not adjusted."
      ),
      .details(
        "Numbers by \(noun)",
        [
          DataTable(
            caption: "\(label) by calendar \(noun), beside an average one of its year, trend taken out",
            columns: [
              .init(Wording.sentence(noun)), .init("Beside an average \(noun)", isNumeric: true),
              .init("Years used", isNumeric: true),
            ],
            rows: effects.indices.map {
              DataTable.Row([
                Markup(text: name($0)), Markup(text: difference(effects[$0], season.mean, text)),
                "\(season.counts[$0])",
              ])
            }, className: "dense compact"
          ).markup()
        ]),
    ])
  }

  private func name(_ season: Int) -> String { periods.season(season, isLong: true) }

  /// "+12 %" of a count on a base of 30 a year or more, else a difference in the measure's unit.
  private func difference(_ effect: Double, _ mean: Double, _ text: MeasureText) -> String {
    guard text.kind == .count, mean > 0 else { return text.change(from: mean, to: mean + effect) }
    return Wording.signedPercent(effect / mean)
  }

  private struct Season {
    /// Difference of each period of the cycle from the mean, trend taken out.
    var effects: [Double]
    /// Years that each rests on.
    var counts: [Int]
    /// Mean of a period.
    let mean: Double
    /// Whether periods differ by more than years of one period do.
    let stands: Bool
  }

  /// Years and seasons fitted by turns by their medians (Tukey 1977, median polish), which a single odd year or a level that shifts
  /// within one does not move, and the slope between the years taken out of the seasons.
  private func season(_ series: Series, _ length: Int) -> Season? {
    var cells: [(year: Int, season: Int, step: Int, value: Double)] = []
    let first = max(0, series.count - SeasonTable.years * length)
    for i in first..<max(first, series.count) where series.values[i].isFinite {
      let period = series.start + i
      let isTypical = !interventions.contains { $0.masks(period) } && !outliers.contains(period)
      guard isTypical, !series.isPartial(period) else { continue }
      // Years that end with the series: each holds every season once.
      let step = length - 1 - (series.count - 1 - i) % length
      cells.append(((series.count - 1 - i) / length, period.seasonIndex, step, series.values[i]))
    }
    var counts = [Int](repeating: 0, count: length)
    for cell in cells { counts[cell.season] += 1 }
    guard (counts.min() ?? 0) >= SeasonTable.leastYears else { return nil }
    let mean = cells.reduce(0) { $0 + $1.value } / Double(cells.count)
    var levels = [Double](repeating: mean, count: SeasonTable.years)
    let known = levels.indices.filter { year in cells.contains { $0.year == year } }
    var effects = [Double](repeating: 0, count: length)
    var slope = 0.0
    func rest(_ cell: (year: Int, season: Int, step: Int, value: Double)) -> Double {
      // What the trend adds within a year, around its middle.
      cell.value - levels[cell.year] - effects[cell.season] - slope * (Double(cell.step) - Double(length - 1) / 2)
    }
    for _ in 0..<SeasonTable.rounds {
      for year in known { levels[year] += SeasonTable.median(cells.filter { $0.year == year }.map(rest)) }
      if let newest = known.first, let oldest = known.last, oldest > newest {
        slope = (levels[newest] - levels[oldest]) / Double((oldest - newest) * length)
      }
      for season in effects.indices {
        effects[season] += SeasonTable.median(cells.filter { $0.season == season }.map(rest))
      }
      let centre = effects.reduce(0, +) / Double(length)
      for season in effects.indices { effects[season] -= centre }
    }
    // Between seasons against within them, as in an analysis of variance of two ways; the scatter within is that of the middle half.
    let deviation = 1.4826 * SeasonTable.median(cells.map { rest($0).magnitude })
    let free = Double(max(1, cells.count - length - known.count + 1))
    let within = deviation * deviation * Double(cells.count) / free
    let between = zip(effects, counts).reduce(0) { $0 + $1.0 * $1.0 * Double($1.1) } / Double(length - 1)
    return Season(effects: effects, counts: counts, mean: mean, stands: between > SeasonTable.ratio * within)
  }

  /// Rounds of the polish, after which nothing moves that is printed.
  private static let rounds = 20

  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// Ratio of the two variances from which seasons are said to differ: about the 1 % point of the F distribution with 11 and 44
  /// degrees of freedom (2.68), which is that of twelve months of five years.
  private static let ratio = 2.7
}
