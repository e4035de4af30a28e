import Charts
import RiskRanking
import TimeSeries
import Wording

/// The last year beside an earlier one in words: like for like where recording changed in between, and said to be no comparison
/// where nobody knows by how much.
struct EarlierYearWords {
  let year: EarlierYear
  let text: MeasureText
  let periods: PeriodText
  /// Periods of the last year that were observed: fewer are said.
  let observed: Int

  init(_ year: EarlierYear, text: MeasureText, periods: PeriodText, observed: Int) {
    self.year = year
    self.text = text
    self.periods = periods
    self.observed = observed
  }

  /// The window of the earlier level and the change, as figures claim it.
  private var window: Claim.Window { .year(back: year.yearsBack, periods: year.periods) }

  /// "recording change in Apr 2025"; nil where recording did not change.
  var steps: String? {
    guard !year.steps.isEmpty else { return nil }
    var seen = Set<String>()
    let all = year.steps.map { "\($0.kind.words) in \(periods.label($0.start))" }.filter { seen.insert($0).inserted }
    return Wording.list(all)
  }

  /// The change that may be read, "71 more (+3 %)"; nil where none may.
  var change: String? { year.comparable.map { text.change(from: $0.before, to: $0.last) } }

  /// The change as it was recorded.
  var recordedChange: String { text.change(from: year.recorded.before, to: year.recorded.last) }

  /// A cell of a table: the earlier level, over how many periods if not all that the last year has.
  func levelCell(_ figures: Figures) -> Markup {
    var cell = figures.level(year.recorded.before, .recorded, window)
    if let like = year.likeForLike, text.level(like.before) != text.level(year.recorded.before) {
      cell = cell + aside("like for like \(text.level(like.before))")
    }
    guard year.periods < observed else { return cell }
    return cell
      + aside(
        "\(year.periods) of \(periods.count(periods.frequency.periodsPerYear)); last year \(text.level(year.comparable?.last ?? year.recorded.last)) over the same"
      )
  }

  /// A cell of a table: the change, with what stands in its way.
  func changeCell(_ figures: Figures) -> Markup {
    let recorded = figures.change(from: year.recorded.before, to: year.recorded.last, .change, window)
    func aside(_ content: Markup) -> Markup { .element("span", ["class": "aside"], " (\(content))") }
    guard let change else {
      return "not comparable" + aside("\(steps ?? "a change of recording"); as recorded \(recorded)")
    }
    guard year.likeForLike != nil else { return steps.map { recorded + aside("across a \($0)") } ?? recorded }
    let across = steps.map { ", across a \($0)" } ?? ""
    return "\(change) like for like" + aside("as recorded \(recorded)\(across)")
  }

  /// What follows what was recorded in a sentence: "130 more (+28 %) than the year before".
  var clause: String {
    let before = year.yearsBack == 1 ? "the year before" : "two years before"
    let over = year.periods < observed ? ", over the \(periods.count(year.periods)) that both have" : ""
    guard let change else {
      return "not comparable with \(before), because of a \(steps ?? "change of recording")"
    }
    let same = text.kind == .count ? "as many as" : "the same as"
    let plain = "\(change == "no change" ? same : "\(change) than") \(before)\(over)"
    guard year.likeForLike != nil else { return plain }
    let reason = steps.map { "like for like, across a \($0)" } ?? "like for like"
    return "\(plain), \(reason) (as recorded: \(recordedChange))"
  }

  private func aside(_ text: String) -> Markup { .element("span", ["class": "aside"], " (\(text))") }
}

extension RiskWords {
  /// The last year beside the one so many years back; nil where too little of it is known.
  func year(_ back: Int) -> EarlierYearWords? {
    risk.past.year(back).map {
      EarlierYearWords($0, text: text, periods: periods, observed: risk.past.lastYearPeriods)
    }
  }
}
