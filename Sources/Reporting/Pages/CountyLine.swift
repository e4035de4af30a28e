import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// "Is crime up?": what was recorded everywhere in the last year, beside the year before and two years before, in words and a table
/// of at most four lines.
struct CountyLine {
  let context: PackContext
  /// The way from the page up to the pack's root.
  var root = ""

  /// One line.
  struct Line {
    let series: AssessedSeries
    /// Last year set beside itself: its level and periods.
    let year: WindowComparison
    let before: WindowComparison?
    let twoBefore: WindowComparison?
  }

  var lines: [Line] {
    context.assessment.headlineMeasures.compactMap { measure in
      guard let series = context.assessment.widest(measure),
        let year = series.compared(series.lastYear, yearsBack: 0)
      else { return nil }
      return Line(
        series: series, year: year, before: series.compared(series.lastYear, yearsBack: 1),
        twoBefore: series.compared(series.lastYear, yearsBack: 2))
    }
  }

  func section() -> Markup {
    let lines = self.lines
    let isCrime = lines.contains(where: \.series.measure.isCrime)
    return .section(id: "up-or-down", isCrime ? "Is crime up?" : "Up or down?", content(lines))
  }

  private func content(_ lines: [Line]) -> [Markup] {
    guard let first = lines.first else {
      return [.paragraph("Nothing was recorded that one year could be compared by.")]
    }
    return [.paragraph(answer(first), className: "lead"), table(lines), .paragraph(links, className: "note screen")]
  }

  // MARK: The answer

  /// "Up, like for like too. All crime, All areas: 46,605 recorded ..."
  func answer(_ line: Line) -> Markup {
    let words = ComparisonWords(context: context, series: line.series)
    let subject = Markup(text: "\(line.series.label), \(context.displayName(line.series.area.name)): ")
    guard let before = line.before else {
      return
        "\(Markup.strong("It cannot be said.")) \(subject)\(words.level(line.year)) in \(words.span(line.year)), and no \(context.periods.frequency.noun) of it was recorded the year before too."
    }
    return
      "\(Markup.strong("\(words.verdict(before)).")) \(subject)\(words.sentence(before))\(words.likeForLikeSentence(before))"
  }

  // MARK: The table

  private func table(_ lines: [Line]) -> Markup {
    let year = context.periods.year
    let end = context.span.map { context.periods.label($0.upperBound) } ?? "the end"
    let hasRates = lines.contains { rate($0) != nil }
    let hasTests = lines.contains { $0.before?.isReal != nil }
    var columns: [DataTable.Column] = [
      .init("Measure"), .init("\(Wording.sentence(year)) to \(end)", isNumeric: true, className: "rate"),
      .init("Change on the year before", isNumeric: true, className: "change"),
      .init("Change on two years before", isNumeric: true, className: "change"),
    ]
    if hasRates { columns.append(.init("Per 1,000 residents", isNumeric: true, className: "rate")) }
    columns.append(.init("Up or down, on the year before"))
    // Said once where it is the same for all.
    let places = Set(lines.map(\.series.area.name))
    let place = places.count == 1 ? places.first.map(context.displayName) : nil
    let rows = lines.map { line -> DataTable.Row in
      let words = ComparisonWords(context: context, series: line.series)
      var cells: [Markup] = [
        name(line, withPlace: place == nil), words.levelCell(line.year),
        words.changeCell(line.before, saysCause: false, said: shared(lines, \.before)),
        words.changeCell(line.twoBefore, saysCause: false, said: shared(lines, \.twoBefore)),
      ]
      if hasRates { cells.append(rate(line) ?? "\u{2013}") }
      cells.append(words.verdictCell(line.before))
      return DataTable.Row(cells)
    }
    let reading =
      hasTests
      ? " In brackets the chance of so large a difference if nothing had changed: under 1\u{A0}% the change is called up or down, else chance may explain it."
      : ""
    return DataTable(
      id: "county-line",
      caption:
        "Recorded\(place.map { " in \($0)" } ?? ""), over the \(context.periods.frequency.noun)s that both years have.\(remarks(lines))\(reading)",
      columns: columns, rows: rows, className: "comparison county"
    ).markup()
  }

  /// The remarks on a comparison that are the same for every line.
  private func shared(_ lines: [Line], _ side: (Line) -> WindowComparison?) -> [String] {
    let remarks = lines.map { line in
      side(line).map { ComparisonWords(context: context, series: line.series).remarks($0) } ?? []
    }
    return (remarks.first ?? []).filter { remark in remarks.allSatisfy { $0.contains(remark) } }
  }

  private func remarks(_ lines: [Line]) -> String {
    let sides = [("On the year before", shared(lines, \.before)), ("On two years before", shared(lines, \.twoBefore))]
    return sides.filter { !$0.1.isEmpty }.map { " \($0.0) \($0.1.joined(separator: ", "))." }.joined()
  }

  private var links: Markup {
    "\(Markup.link(to: root + "method.html#real", "How it is tested")). \(Markup.link(to: root + ScorecardPage.path, "Every measure, by quarter and year to date"))."
  }

  private func name(_ line: Line, withPlace: Bool) -> Markup {
    let theme = context.themes.first { $0.measure.id == line.series.measure.id }
    let label = Markup(text: line.series.label)
    let linked = theme.map { Markup.link(to: root + context.path(of: $0), label) } ?? label
    guard withPlace else { return linked }
    return linked + .element("span", ["class": "place"], " \(context.displayName(line.series.area.name))")
  }

  /// Recorded for every 1,000 residents, of a whole year only.
  private func rate(_ line: Line) -> Markup? {
    guard line.year.kind == .count, line.year.missing.isEmpty, let population = line.series.area.population,
      population > 0
    else { return nil }
    let value = 1000 * line.year.later.recorded / Double(population)
    return Figures(context, area: line.series.area.name, measure: line.series.measure)
      .tagged(NumberText.grouped(value, decimals: 1), .rate, .year(back: 0, periods: line.year.periods.count))
  }
}
