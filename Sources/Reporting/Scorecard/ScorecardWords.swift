import Assessment
import Charts
import CommunitySafety
import ControlCharts
import ExceptionDetection
import RiskRanking
import Scorecard
import TimeSeries
import Wording

/// The sentences and cells of a scorecard.
struct ScorecardWords {
  let report: ScorecardReport
  var context: PackContext { report.context }
  private var periods: PeriodText { context.periods }

  // MARK: Windows

  /// "Oct to Dec 2025"; of a quarter that is not over "Oct and Nov 2025, of Oct to Dec 2025".
  var quarter: String {
    let windows = report.windows
    let whole = span(windows.whole)
    return windows.isComplete ? whole : "\(span(windows.known)), of \(whole)"
  }

  private func span(_ window: ClosedRange<Period>) -> String { periods.range(window.lowerBound, window.upperBound) }

  /// What must be said of a quarter that is not over; nil of one that is.
  var incomplete: String? {
    let windows = report.windows
    guard !windows.isComplete else { return nil }
    let (known, whole) = (count(windows.known), count(windows.whole))
    return
      "The quarter is not complete: \(known) of its \(whole) \(periods.frequency.noun)s \(known == 1 ? "is" : "are") in the data. Every figure is of \(span(windows.known)), and is compared with the same \(periods.frequency.noun)\(known == 1 ? "" : "s") of last year."
  }

  private func count(_ window: ClosedRange<Period>) -> Int { window.upperBound - window.lowerBound + 1 }

  // MARK: Direction

  /// An arrow and always a word.
  func direction(_ row: ScorecardRow) -> Markup {
    let direction = row.direction
    let arrow: String
    switch direction.way {
    case .up: arrow = "\u{2191}"
    case .down: arrow = "\u{2193}"
    case .unclear: arrow = "\u{2192}"
    case .notJudged: return Markup(text: direction.way.rawValue)
    }
    return .element(
      "span", ["class": "direction"],
      .element("span", ["aria-hidden": "true", "class": "arrow"], Markup(text: arrow)),
      " \(way(row))")
  }

  /// "up, worse".
  func way(_ row: ScorecardRow) -> String {
    let worse = row.direction.isForTheWorse(row.measure.polarity)
    return row.direction.way.rawValue + (worse.map { $0 ? ", worse" : ", better" } ?? "")
  }

  /// The direction with what it is measured from.
  func directionCell(_ row: ScorecardRow) -> Markup {
    if let reason = row.direction.reason {
      return direction(row) + .element("span", ["class": "aside"], " \(reason.rawValue)")
    }
    guard let back = row.direction.yearsBack, back > 1 else { return direction(row) }
    let skipped = row.direction.skipped
    let (are, were) = back == 2 ? ("year between is", "year between was") : ("years between are", "years between were")
    let reason =
      skipped == [.missing]
      ? "the \(are) not in the data"
      : skipped == [.broken]
        ? "the \(were) not typical, or recorded in another way"
        : "the \(were) not in the data, not typical or recorded in another way"
    return direction(row)
      + .element("span", ["class": "aside"], " against \(NumberText.spelled(back)) years before: \(reason)")
  }

  // MARK: Findings

  /// What stands out of a measure, in two or three sentences.
  ///
  /// - Parameter links: whether it leads to the page of the measure; the path is that of a page at the top.
  func sentence(_ finding: Scorecard.Finding, links: Bool = true) -> Markup {
    let lead = finding.lead
    let name = Markup(text: Wording.name(lead.series.label))
    let subject = Markup.strong(links ? .link(to: report.path(of: finding.measure), name) : name)
    var parts: [Markup] = []
    if lead.isDirectionExceptional, let comparison = lead.comparison {
      let words = ComparisonWords(context: context, series: lead.series)
      parts.append(
        "\(subject) is \(Markup.strong(Markup(text: way(lead)))) \(place(lead)): \(words.sentence(comparison))\(words.likeForLikeSentence(comparison))"
      )
    } else {
      parts.append("\(subject) \(surprise(lead)).")
    }
    let others = finding.rows.filter { $0.area.name != lead.area.name && $0.isDirectionExceptional }
    for way in [DirectionOfTravel.Way.up, .down] {
      let same = others.filter { $0.direction.way == way }
      guard !same.isEmpty else { continue }
      let too = lead.isDirectionExceptional && lead.direction.way == way ? " too" : ""
      parts.append(
        "\(Wording.sentence(way.rawValue))\(too) in \(Markup(text: Wording.list(same.map { "\(context.displayName($0.area.name))\(size($0))" })))."
      )
    }
    let surprises = finding.rows.filter {
      !$0.exceptions.isEmpty && !($0.area.name == lead.area.name && !lead.isDirectionExceptional)
    }
    if let first = surprises.first {
      let rest = surprises.count > 1 ? ", and in \(NumberText.counted(surprises.count - 1, "other place"))" : ""
      parts.append("It \(surprise(first))\(rest).")
    }
    return .joined(parts, by: " ")
  }

  /// " (+13 %)".
  private func size(_ row: ScorecardRow) -> String {
    guard let levels = row.comparison?.comparedLevels, levels.earlier >= Wording.smallestBase,
      row.measure.kind == .count
    else { return "" }
    return " (\(Wording.signedPercent(levels.later / levels.earlier - 1)))"
  }

  /// "was higher than expected in Oxford in Nov 2025: 65 more (+36 %) than expected".
  private func surprise(_ row: ScorecardRow) -> Markup {
    guard let test = row.exceptions.last else { return "stands out" }
    let words = context.words(test)
    let window = test.window.map { $0.periods > 1 } ?? false
    let more =
      test.figure == .count
      ? words.difference + " than expected" : words.difference
    return
      "was \(Markup.strong(Markup(text: words.kind))) \(place(row)) in \(periods.label(test.period)): \(more)\(window ? ", and together with the \(periods.frequency.noun)s before it" : "")"
  }

  /// "in Oxford", "in all 5 districts together".
  private func place(_ row: ScorecardRow) -> Markup { "in \(context.displayName(row.area.name))" }

  /// How many figures were judged, and what came of them.
  var tally: Markup {
    let tally = report.scorecard.tally
    guard tally.judged > 0 else {
      guard tally.notJudged > 0 else { return "There is no figure of this quarter to judge." }
      let none =
        tally.notJudged == 1
        ? "The one figure could not be judged"
        : "None of the \(NumberText.grouped(tally.notJudged)) figures could be judged"
      return Markup(text: "\(none): that does not mean that nothing was unusual.")
    }
    var text =
      "\(NumberText.grouped(tally.judged)) figures were judged (\(NumberText.counted(report.measures.count, "measure")) in \(NumberText.counted(Set(report.scorecard.rows.map(\.area.name)).count, "place"))): "
    text +=
      tally.exceptions == 0
      ? "none is an exception"
      : "\(NumberText.grouped(tally.exceptions)) \(tally.exceptions == 1 ? "is an exception" : "are exceptions")"
    if tally.clearOnly > 0 {
      text +=
        ", \(NumberText.grouped(tally.clearOnly)) went up or down clearly by \(tally.clearOnly == 1 ? "itself" : "themselves"), as some of so many figures do by chance"
    }
    text += ", and \(NumberText.grouped(tally.ordinary)) stayed ordinary."
    if tally.notJudged > 0 {
      text +=
        " \(NumberText.grouped(tally.notJudged)) could not be judged, and \(tally.notJudged == 1 ? "is" : "are") not called ordinary."
    }
    return Markup(text: text)
  }

  /// How many figures are not published, and why; nil where all are.
  var withheld: Markup? {
    let withheld = report.scorecard.withheld
    guard !withheld.isEmpty else { return nil }
    let small = withheld.count { $0.reason == .small }
    let closed = withheld.count - small
    var text = "Figures are by quarter. "
    if small > 0 {
      text +=
        "\(NumberText.grouped(small)) \(small == 1 ? "is" : "are") withheld, with all of their history: somewhere in it they are under 5, or they would give such a figure away. "
    }
    if closed > 0 { text += "\(NumberText.grouped(closed)) more \(closed == 1 ? "is" : "are") not for the public. " }
    let targets = report.scorecard.withheldGoals
    if targets > 0 {
      text +=
        "\(NumberText.counted(targets, "target")) \(targets == 1 ? "is" : "are") not shown, being of figures that are withheld."
    }
    return Markup(text: text)
  }

  // MARK: Comments

  /// A slot that somebody is to fill in, or what was said, with by whom and, where it is older, of which quarter.
  func slot(_ text: String?, _ comment: ScorecardComments.Comment?, asks: String) -> Markup {
    guard let comment, let text else {
      return .element("span", ["class": "slot"], Markup(text: asks))
    }
    let carried = comment.quarter == report.windows.quarter ? nil : "carried from \(comment.quarter.name)"
    let notes = [comment.by, carried].compactMap(\.self)
    guard !notes.isEmpty else { return Markup(text: text) }
    return Markup(text: text)
      + .element("span", ["class": "aside"], Markup(text: " (\(notes.joined(separator: ", ")))"))
  }

  // MARK: Icons

  /// The icon of a control chart with its word.
  func variation(_ row: ScorecardRow) -> Markup {
    ControlChartGrid.icon(row.chart.variation) + " " + Markup(text: row.chart.variation.rawValue)
  }
}
