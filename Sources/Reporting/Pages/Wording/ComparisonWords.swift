import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// A window of a series against an earlier year, in words and in cells of tables. What is not like for like says so where it stands.
struct ComparisonWords {
  let context: PackContext
  let series: AssessedSeries
  /// The window that a claim of the change names; last year's by default.
  var window: ((WindowComparison, _ back: Int) -> Claim.Window) = { comparison, back in
    .year(back: back, periods: comparison.periods.count)
  }

  private var text: MeasureText { MeasureText(series.measure) }
  private var figures: Figures { Figures(context, area: series.area.name, measure: series.measure) }
  private var periods: PeriodText { context.periods }

  // MARK: Verdicts

  /// "Up", "No clear change", "Up, like for like too", "Not like for like", "Higher (not tested)".
  func verdict(_ comparison: WindowComparison) -> String {
    let (later, earlier) = levels(comparison)
    let isUp = later > earlier
    guard comparison.isLikeForLike || comparison.later.comparable != nil else { return "Not like for like" }
    let suffix = comparison.isLikeForLike ? "" : ", like for like"
    guard let isReal = comparison.isReal else {
      return later == earlier ? "The same" : "\(isUp ? "Higher" : "Lower") (not tested)"
    }
    return isReal ? "\(isUp ? "Up" : "Down")\(suffix)" : "No clear change\(suffix)"
  }

  /// The levels that are compared: like for like where the recording changed and by how much is known.
  func levels(_ comparison: WindowComparison) -> (later: Double, earlier: Double) {
    (
      comparison.later.comparable ?? comparison.later.recorded,
      comparison.earlier.comparable ?? comparison.earlier.recorded
    )
  }

  func verdictCell(_ comparison: WindowComparison?) -> Markup {
    guard let comparison else { return "cannot be compared" }
    var cell = Markup.strong(Markup(text: verdict(comparison)))
    if comparison.probability.isFinite { cell = cell + " (" + chance(comparison) + ")" }
    return comparison.isLikeForLike
      ? cell : cell + .element("span", ["class": "aside cause"], " \(changes(comparison))")
  }

  private func chance(_ comparison: WindowComparison) -> Markup {
    figures.tagged(ComparisonWords.exactly(comparison.probability), .chance, window(comparison, comparison.yearsBack))
  }

  /// A chance by the per cent, as a test needs it: "3 %", "under 0.1 %", "over 99 %".
  static func exactly(_ probability: Double) -> String {
    probability > 0.99 ? "over 99\u{A0}%" : Wording.percent(probability)
  }

  // MARK: Levels and changes

  /// "46,605 recorded", "25 % (240 of 960)", "a mean of 12 days".
  func level(_ comparison: WindowComparison) -> Markup {
    let at = window(comparison, 0)
    let value = figures.level(comparison.later.recorded, .recorded, at)
    switch comparison.kind {
    case .count: return value + " recorded"
    case .proportion: return comparison.later.ratio.map { value + " (" + figures.madeOf($0, at) + ")" } ?? value
    case .value: return "a mean of " + value
    }
  }

  /// "the 12 months to Dec 2025", "11 of the 12 months to Dec 2025 (Jul 2025 is missing)".
  func span(_ comparison: WindowComparison) -> String {
    let all = comparison.window.upperBound - comparison.window.lowerBound + 1
    let end = periods.label(comparison.window.upperBound)
    let noun = all == 1 ? periods.frequency.noun : periods.count(all)
    guard !comparison.missing.isEmpty else { return "the \(noun) to \(end)" }
    return "\(comparison.periods.count) of the \(noun) to \(end) (without \(PeriodText.ranges(comparison.missing)))"
  }

  /// The recorded level, and of how many periods if not all.
  func levelCell(_ comparison: WindowComparison) -> Markup {
    let at = window(comparison, 0)
    var cell = figures.level(comparison.later.recorded, .recorded, at)
    if let ratio = comparison.later.ratio { cell = cell + aside("(" + figures.madeOf(ratio, at) + ")") }
    guard !comparison.missing.isEmpty else { return cell }
    let all = comparison.window.upperBound - comparison.window.lowerBound + 1
    return cell + aside("\(comparison.periods.count) of \(periods.count(all))")
  }

  /// The recorded change and what it is on; like for like beneath it where the recording changed, and over which periods
  /// where some are missing.
  ///
  /// - Parameters:
  ///   - saysCause: whether the cell says what changed; not where a cell of its row does.
  ///   - said: remarks that the table makes of all its rows.
  func changeCell(_ comparison: WindowComparison?, saysCause: Bool = true, said: [String] = []) -> Markup {
    guard let comparison else { return "no \(periods.frequency.noun) in common" }
    let at = window(comparison, comparison.yearsBack)
    let (now, then) = (comparison.later, comparison.earlier)
    var cell = figures.change(from: then.recorded, to: now.recorded, .change, at)
    cell = cell + .element("span", ["class": "on"], " on " + figures.level(then.recorded, .recorded, at))
    for remark in remarks(comparison) where !said.contains(remark) { cell = cell + aside(Markup(text: remark)) }
    guard !comparison.isLikeForLike else { return cell }
    guard let later = now.comparable, let earlier = then.comparable else {
      return cell + aside("not like for like: \(changes(comparison)), how far is not known")
    }
    return cell
      + aside(
        (saysCause ? "not like for like (\(changes(comparison))); like for like " : "like for like ")
          + figures.change(from: earlier, to: later, .comparableChange, at))
  }

  /// What must be known of the periods that are compared: which one side lacks, and which were not typical.
  func remarks(_ comparison: WindowComparison) -> [String] {
    var remarks: [String] = []
    if !comparison.missing.isEmpty {
      remarks.append("over \(comparison.periods.count) \(periods.frequency.noun)s, without \(gaps(comparison))")
    }
    if let kind = comparison.untypical.compactMap({ $0.kind }).first {
      remarks.append("with \(periods.frequency.noun)s of \(kind.rawValue)")
    }
    return remarks
  }

  /// "recording change Apr 2025".
  private func changes(_ comparison: WindowComparison) -> String {
    Wording.list(
      comparison.steps.prefix(2).map { "\($0.kind?.rawValue ?? "change of level") \(periods.label($0.start))" })
  }

  private func gaps(_ comparison: WindowComparison) -> String {
    let missing = comparison.missing
    return missing.count > 3 ? "\(missing.count) that are missing" : PeriodText.ranges(missing)
  }

  private func aside(_ content: Markup) -> Markup { .element("span", ["class": "aside"], " " + content) }

  // MARK: Sentences

  /// "46,605 recorded in the 12 months to Dec 2025, 3,900 more (+9 %) than in the year before, more than chance explains."
  func sentence(_ comparison: WindowComparison) -> Markup {
    let at = window(comparison, comparison.yearsBack)
    let words = text.change(from: comparison.earlier.recorded, to: comparison.later.recorded)
    let change: Markup =
      words == "no change"
      ? (comparison.kind == .count ? "as many as" : "the same as")
      : figures.tagged(words, .change, at) + " than"
    let chance = comparison.isLikeForLike ? chanceWords(comparison) : ""
    return "\(level(comparison)) in \(span(comparison)), \(change) \(earlier(comparison))\(chance)."
  }

  private func earlier(_ comparison: WindowComparison) -> String {
    let years = comparison.yearsBack == 1 ? "the year before" : "\(comparison.yearsBack) years before"
    return comparison.missing.isEmpty ? "in \(years)" : "in the same \(periods.frequency.noun)s of \(years)"
  }

  /// " But the recording changed in between (...): like for like it is 300 fewer (−1 %), which chance may explain."
  func likeForLikeSentence(_ comparison: WindowComparison) -> Markup {
    guard !comparison.isLikeForLike else { return .empty }
    let why = changes(comparison)
    guard let later = comparison.later.comparable, let earlier = comparison.earlier.comparable else {
      return " But the two years are not like for like (\(why)), and how far is not known."
    }
    let change = figures.change(
      from: earlier, to: later, .comparableChange, window(comparison, comparison.yearsBack))
    return
      " But the two years are not like for like (\(why)): like for like it is \(change)\(chanceWords(comparison))."
  }

  private func chanceWords(_ comparison: WindowComparison) -> String {
    comparison.isReal.map { $0 ? ", more than chance explains" : ", which chance may explain" } ?? ""
  }
}
