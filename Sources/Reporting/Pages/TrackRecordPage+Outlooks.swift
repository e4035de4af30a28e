import Assessment
import Charts
import RiskRanking
import Wording

/// What the outlooks of the ranking would have been, and what came of them.
extension TrackRecordPage {
  private var record: OutlookRecord { context.assessment.outlookRecord }
  private var base: Double { context.assessment.configuration.profile.smallestBase }

  /// Least outlooks in a band that its share is worth reading of.
  private static let enoughSaid = 50

  /// How often what was given a chance of each size came about.
  func words() -> [Markup] {
    let cases = record.counts(from: base)
    guard !cases.isEmpty else {
      return [
        .paragraph(
          "No outlook could be checked: it takes two years of history, a year after it that was wholly recorded and typical, and \(Wording.count(base)) or more counted in the year before."
        )
      ]
    }
    let said = OutlookRecord.reliability(cases)
    let few = said.contains { $0.count < TrackRecordPage.enoughSaid }
    let accuracy = OutlookRecord.accuracy(.all, cases)
    return [
      .paragraph(
        "At each of those dates a chance would have been given to every problem of becoming materially worse in the year after. \(NumberText.grouped(cases.count)) of them can be checked: those on \(Wording.count(base)) or more a year, in years that were wholly recorded and that the break calendar does not call untypical. The 80\u{A0}% range of the year held \(NumberText.grouped(accuracy.within80)) of them (\(Wording.percent(accuracy.share80))), the 95\u{A0}% range \(NumberText.grouped(accuracy.within95)) (\(Wording.percent(accuracy.share95))). The confidence beside each problem rests on the same record, measure by measure."
      ),
      DataTable(
        id: "words-table", caption: "Chances of a material change for the worse, and how often it came",
        columns: [
          .init("In words"), .init("Times said", isNumeric: true), .init("Chance given, on average", isNumeric: true),
          .init("Came about", isNumeric: true),
        ],
        rows: said.map { band in
          DataTable.Row(
            [
              Wording.sentence(band.term.rawValue), NumberText.grouped(band.count), Wording.percent(band.said),
              Wording.percent(band.happened),
            ].map { Markup(text: $0) })
        }, className: "compact"
      ).markup(),
      brier(cases),
      few
        ? .paragraph(
          "Where something was said fewer than \(NumberText.spelled(TrackRecordPage.enoughSaid)) times, the share that came about says little: places of one year rise and fall together.",
          className: "note") : .empty,
    ] + missedTogether()
  }

  /// The score of the chances, beside that of saying their share every time.
  private func brier(_ cases: [OutlookRecord.Case]) -> Markup {
    guard let brier = OutlookRecord.brier(cases) else { return .empty }
    let skill =
      brier.skill.isFinite
      ? " Saying each time the share that came about would have scored \(NumberText.grouped(brier.score / (1 - brier.skill), decimals: 3)): \(brier.skill > 0 ? "the chances were worth \(Wording.percent(brier.skill)) of that" : "the chances were worth nothing beyond that")."
      : ""
    return .paragraph(
      "Brier score of these chances: \(NumberText.grouped(brier.score, decimals: 3)) (0 is perfect).\(skill)",
      className: "note")
  }

  /// The years in which most places of a measure missed on one side.
  private func missedTogether() -> [Markup] {
    var seen = Set<String>()
    let lines = record.cases.compactMap { one -> Markup? in
      guard seen.insert(one.measure.id.rawValue).inserted,
        let missed = record.accuracy(of: one.measure.id, from: base)?.missedTogether
      else { return nil }
      return Markup(
        text:
          "\(one.measure.label), in the year to \(periods.label(missed.end)): \(missed.isAbove ? "above" : "below") the 80\u{A0}% range in \(missed.missed) of \(missed.of) places."
      )
    }
    guard !lines.isEmpty else { return [] }
    return [
      .paragraph("What moved most places of a measure at once was not foreseen. The latest such year of each measure:"),
      .list(lines, className: "sentences"),
    ]
  }

  /// What the order of the ranking put first, beside the orders that habit would.
  func ranking() -> [Markup] {
    guard let ranking = RankingRecord(record) else {
      return [
        .paragraph(
          "No year has \(NumberText.spelled(RankingRecord.leastSeries)) series with \(NumberText.spelled(Int(RankingRecord.leastMean))) or more a \(periods.frequency.noun), among which ten would be few: whether the ranking works cannot be said from this data. The method page has what was found on other data."
        )
      ]
    }
    let first = Markup.paragraph(
      "At each date the problems of single places (\(NumberText.spelled(Int(RankingRecord.leastMean))) or more a \(periods.frequency.noun); \(NumberText.grouped(ranking.rankedSeries)) in \(NumberText.spelled(ranking.origins.count)) year\(ranking.origins.count == 1 ? "" : "s")) are put in order by what was known. Of the ten and the twenty put first, how many were among the fifth that then rose most? Drawn by lot it would be 20\u{A0}%. The gain is what the first fifty added of what they could have, early ones counting for more; the rank correlation is that of the whole order with what then changed (0 is none, 1 is perfect)."
    )
    let byHarm: [Markup] =
      RankingRecord(record, harmWeighted: true).map { byHarm in
        [
          .paragraph(
            "The same where a change weighs the harm of its measure (\(context.assessment.configuration.harmWeights)); what has no weight is left out."
          ),
          table(byHarm, id: "ranking-by-harm-table", caption: "The first of each order, and what then added most harm"),
        ]
      } ?? []
    return [
      first, table(ranking, id: "ranking-table", caption: "The first of each order, and what then rose most"),
    ] + byHarm + [
      .paragraph(
        "The interval is over the years looked back at, drawn again at random. Few years make it wide, and an order that beats another by less than it has not been shown to be better.",
        className: "note")
    ]
  }

  private func table(_ ranking: RankingRecord, id: String, caption: Markup) -> Markup {
    func share(_ value: Double) -> String { value.isFinite ? Wording.percent(value) : "\u{2013}" }
    func number(_ value: Double) -> String {
      value.isFinite ? NumberText.grouped(value, decimals: 2) : "\u{2013}"
    }
    return DataTable(
      id: id, caption: caption,
      columns: [
        .init("Ordered by"), .init("Of the first ten", isNumeric: true), .init("90\u{A0}% interval", isNumeric: true),
        .init("Worst year", isNumeric: true), .init("Best year", isNumeric: true),
        .init("Of the first twenty", isNumeric: true), .init("Gain of the first fifty", isNumeric: true),
        .init("Rank correlation", isNumeric: true),
      ],
      rows: ranking.results.map { result in
        let each = result.byOrigin.map(\.precision10)
        return DataTable.Row(
          className: result.criterion == .expectedChange ? "subject" : nil,
          [
            Wording.sentence(result.criterion.rawValue)
              + (result.criterion == .expectedChange ? " (this ranking)" : ""),
            share(result.mean.precision10),
            "\(share(result.lower.precision10)) to \(share(result.upper.precision10))",
            share(each.min() ?? .nan), share(each.max() ?? .nan), share(result.mean.precision20),
            number(result.mean.gain50), number(result.mean.correlation),
          ].map { Markup(text: $0) })
      }, className: "comparison"
    ).markup()
  }
}
