import Assessment
import RiskRanking
import TimeSeries
import Wording

/// What past outlooks came to, in sentences.
public enum RecordSummary {
  /// Least counts of a year that the sentences are about: below it no chance is given.
  private static let base = 30.0

  /// The findings in a few lines, for a terminal: what was looked back at, how the ranges held, whether what was called likely
  /// happened, and what the ranking put first.
  public static func lines(_ record: OutlookRecord, frequency: Frequency) -> [String] {
    let periods = PeriodText(frequency: frequency)
    let cases = record.counts(from: base)
    let made = record.origins.map(periods.label)
    let when =
      made.count <= 4
      ? Wording.list(made) : "\(NumberText.grouped(made.count)) origins from \(made[0]) to \(made[made.count - 1])"
    var lines = [
      "Outlooks on a year as they would have been given at the end of \(when): \(NumberText.grouped(cases.count)) on counts of 30 a year and more."
    ]
    if !cases.isEmpty { lines.append(held(OutlookRecord.accuracy(.all, cases))) }
    lines += OutlookRecord.reliability(cases).map { said in
      "\(said.term.rawValue): said \(NumberText.grouped(said.count)) times of a change for the worse, at \(Wording.percent(said.said)) on average; it happened in \(Wording.percent(said.happened))."
    }
    if let brier = OutlookRecord.brier(cases) {
      lines.append(
        "Brier score \(NumberText.grouped(brier.score, decimals: 3))"
          + (brier.skill.isFinite
            ? ", skill over the share that happened \(NumberText.grouped(brier.skill, decimals: 3))." : "."))
    }
    if let ranking = RankingRecord(record), let first = ranking.results.first {
      let habit = ranking.results.first { $0.criterion == .percentageChange }
      lines.append(
        "Of the ten that the ranking put first \(Wording.percent(first.mean.precision10)) were among the fifth that then rose most (90 % interval over origins \(Wording.percent(first.lower.precision10)) to \(Wording.percent(first.upper.precision10)))"
          + (habit.map { "; of the ten with the largest percentage change \(Wording.percent($0.mean.precision10))" }
            ?? "")
          + "; chance gives 20 %.")
    }
    return lines.map { $0.replacing("\u{A0}", with: " ") }
  }

  /// "The 80 % range held 79 % of them, the 95 % range 94 %."
  static func held(_ held: PastAccuracy) -> String {
    "The 80\u{A0}% range held \(Wording.percent(held.share80)) of them, the 95\u{A0}% range \(Wording.percent(held.share95))."
  }
}
