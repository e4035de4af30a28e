import RiskRanking
import TimeSeries
import Wording

extension UsualLevel {
  /// What was usual, and that the change goes no further, as a sentence.
  ///
  /// - Parameter text: of the measure; without it no levels are written.
  func sentence(_ text: MeasureText? = nil) -> String {
    let words = PeriodText(frequency: through.frequency)
    let span = words.range(from, through)
    let over =
      periods < through.frequency.periodsPerYear ? ", over the \(words.count(periods)) that can be compared" : ""
    switch reason {
    case .untypicalPeriods:
      let levels =
        text.map {
          ": \($0.level(level)) then, \($0.level(lastYear)) last year, about \($0.foreseen(next)) next year\(over)"
        } ?? ""
      return
        "A return to usual: the last typical year was \(span)\(levels), and the change to come goes no further than back to that."
    case .outlyingYear:
      let side = lastYear < lower ? "below" : "above"
      let levels =
        text.map {
          " (\($0.interval(lower, upper)); \($0.level(lastYear)) last year, about \($0.foreseen(next)) next year\(over))"
        } ?? ""
      return
        "A return to usual: last year lay \(side) every comparable year from \(span)\(levels), and what lies far out mostly comes back."
    }
  }
}
