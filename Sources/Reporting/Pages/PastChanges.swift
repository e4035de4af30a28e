import Assessment
import Charts
import CommunitySafety
import ExceptionDetection
import NumericCore
import RiskRanking
import TimeSeries
import Wording

/// What changed: the largest rise and the largest fall of the last year that chance does not explain, and the newest month that was
/// unlike what was expected. Of the past alone; what may come stands elsewhere.
struct PastChanges {
  let context: PackContext

  /// A problem of the ranked level with its last year against the one before.
  struct Change {
    let risk: Risk
    let series: AssessedSeries
    let comparison: WindowComparison
    /// Later level less earlier, like for like where the recording changed.
    let difference: Double
  }

  func section() -> Markup {
    .section(
      id: "past", "What changed in the last \(context.periods.year)",
      [sentences()])
  }

  /// Rise, fall, newest exception.
  func sentences() -> Markup { .list([rise(), fall(), newest()], className: "sentences") }

  /// The changes that stand up to a check for how many were looked at: of those shown no more than about one in twenty should
  /// be chance (Benjamini and Hochberg). Records whose trend turns with what becomes of rows without a place are none.
  var real: [Change] {
    let all = context.assessment.risks(level: context.rankedLevel, groups: false, kind: .count).compactMap {
      risk -> Change? in
      guard risk.opposedChanges == nil, let series = context.series(of: risk),
        let comparison = series.compared(series.lastYear, yearsBack: 1), comparison.probability.isFinite
      else { return nil }
      let words = ComparisonWords(context: context, series: series)
      let (later, earlier) = words.levels(comparison)
      return Change(risk: risk, series: series, comparison: comparison, difference: later - earlier)
    }
    let rates = benjaminiHochberg(all.map(\.comparison.probability))
    return zip(all, rates).filter { $1 <= 0.05 }.map(\.0)
  }

  private var tested: Bool {
    context.assessment.risks(level: context.rankedLevel, groups: false, kind: .count).contains { risk in
      context.series(of: risk).flatMap { $0.compared($0.lastYear, yearsBack: 1) }?.probability.isFinite ?? false
    }
  }

  private func rise() -> Markup {
    let largest = real.filter { $0.difference > 0 }.max { $0.difference < $1.difference }
    return "\(Markup.strong("Largest rise:")) \(largest.map(told) ?? Markup(text: none("rise")))"
  }

  private func fall() -> Markup {
    let largest = real.filter { $0.difference < 0 }.min { $0.difference < $1.difference }
    return "\(Markup.strong("Largest fall:")) \(largest.map(told) ?? Markup(text: none("fall")))"
  }

  private func none(_ what: String) -> String {
    tested
      ? "no \(what) of any problem in any one place is more than chance explains."
      : "nothing could be tested: no counts of two years can be set beside each other."
  }

  private func told(_ change: Change) -> Markup {
    let words = ComparisonWords(context: context, series: change.series)
    let subject = Markup(text: "\(change.risk.label) in \(context.displayName(change.risk.area.name))")
    let linked =
      context.hasPage(change.risk) ? Markup.link(to: context.path(of: change.risk), subject) : subject
    return "\(linked): \(words.sentence(change.comparison))\(words.likeForLikeSentence(change.comparison))"
  }

  private func newest() -> Markup {
    let name = Markup.strong("Newest exception:")
    let tests = context.assessment.tests
    guard let test = context.shownTests.first, let observed = test.observed else {
      return
        "\(name) \(context.nothingExceptional("none; no count of the latest \(context.periods.frequency.noun)s was unlike what was expected by more than chance explains.", among: tests))"
    }
    let words = context.words(test)
    guard let series = context.assessment.series(test.key) else { return name + " none." }
    let figures = Figures(context, area: series.area.name, measure: series.measure)
    let at = Claim.Window.period(test.period)
    return
      "\(name) \(words.label) in \(context.displayName(series.area.name)) was \(words.kind) in \(context.periods.label(test.period)): \(figures.tagged(words.figure(observed), .recorded, at)) against \(figures.tagged(words.figure(test.expected), .foreseen, at)) (\(figures.tagged(words.range, .foreseenRange, at))). \(Markup.element("span", ["class": "screen"], "\(Markup.link(to: "exceptions.html", "Every exception"))."))"
  }
}
