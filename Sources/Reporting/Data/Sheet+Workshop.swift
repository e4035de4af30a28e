import Tables
import Workshop

extension Table where Row == WorkshopRanking.Item {
  fileprivate static var workshopRanking: Table {
    Table(
      "workshop-ranking", title: "Ranking with the workshop's scores",
      "One row a problem in a place, and one a risk that no series shows, in the order by impact times likelihood."
    ) {
      Column("rank", .integer, "Rank with the scores; blank where it cannot be ranked.") { $0.rank }
      Column("rank_before", .integer, "Rank before the workshop; blank where it had none.") {
        $0.rankBefore
      }
      Column("rank_in_place", .integer, "Rank among the rows of its place.") { $0.rankInPlace }
      Column("code", .text, "Names the problem in forms and files.") { $0.code }
      Column("place", .text, "Name of the place; blank for all of them.") { $0.place.isEmpty ? nil : $0.place }
      Column("problem", .text, "The measure or risk.") { $0.title }
      Column("basis", .choice(WorkshopRanking.Basis.self), "What the row rests on.") { $0.basis }
      Column("score", .number, "Impact times likelihood.") { $0.score }
      Column("impact", .number, unit: "steps of the ladder, 0 to 8", "Mean over dimensions of the scorers' medians.") {
        $0.impact
      }
      Column("impact_is_provisional", .answer, "Whether the impact is from harm weights, for want of a score.") {
        $0.isProvisional
      }
      Column(
        "impact_before", .number, unit: "steps of the ladder, 0 to 8",
        "Impact before the workshop, by the scoring profile."
      ) { $0.impactBefore }
      Column(
        "likelihood", .number, unit: "1 to 4",
        "From the data, by the scoring profile; of other rows from the yardstick's term."
      ) {
        $0.likelihood
      }
      Column("scorers", .integer, unit: "people", "How many scored its harm.") { $0.merged?.scorers ?? 0 }
      Column("capacity", .number, unit: "1 to 4", "Median; beside the score, never inside it.") { $0.capacity }
      Column("best_rank", .integer, "One panel in ten ranks it here or above.") { $0.stability?.best }
      Column("worst_rank", .integer, "One panel in ten ranks it here or below.") { $0.stability?.worst }
      Column("share_in_first_ten", .probability, "Share of panels in which it is among the first ten.") {
        $0.stability?.topTen
      }
    }
  }
}

extension Table where Row == Opinion {
  fileprivate static var workshopScores: Table {
    Table(
      "workshop-scores", title: "Scores of the workshop", "One row a person and problem: who scored what, and why."
    ) {
      Column("code", .text, "Names the problem in forms and files.") { $0.code }
      Column("scorer", .text, "Who scored it.") { $0.scorer.name }
      Column("organisation", .text, "For whom.") { $0.scorer.organisation.isEmpty ? nil : $0.scorer.organisation }
      for dimension in HarmScale.Dimension.allCases {
        Column(
          dimension.rawValue, .integer, unit: "0, 1, 2, 4 or 8", "\(dimension.heading); blank where it was left blank."
        ) { $0.score(dimension) }
      }
      Column("capacity", .integer, unit: "1 to 4", "Whether partners could do something about it.") { $0.capacity }
      Column("reason", .text, "Why.") { $0.reason }
      Column("file", .text, "The form it stands in.") { $0.place.file }
      Column("sheet", .text, "Its sheet.") { $0.place.sheet }
      Column("row", .integer, "Its row.") { $0.place.row }
    }
  }
}

extension Table where Row == BroughtRisk {
  fileprivate static var broughtRisks: Table {
    Table("workshop-risks", title: "Risks that people brought", "One row a person and risk that no series shows.") {
      Column("place", .text, "Name of the place; blank for all of them.") { $0.area.isEmpty ? nil : $0.area }
      Column("risk", .text, "The risk.") { $0.title }
      Column("kind_of_cause", .text, "Where it comes from.") { $0.tag?.rawValue }
      Column("horizon", .text, "How far off it is.") { $0.horizon?.rawValue }
      Column("likelihood", .text, "In the words of the yardstick.") { $0.likelihood?.rawValue }
      Column("impact", .integer, unit: "0, 1, 2, 4 or 8", "Harm if it comes.") { $0.impact }
      Column("basis", .text, "What it rests on.") { $0.basis }
      Column("scorer", .text, "Who brought it.") { $0.scorer.name }
      Column("organisation", .text, "For whom.") { $0.scorer.organisation.isEmpty ? nil : $0.scorer.organisation }
      Column("file", .text, "The form it stands in.") { $0.place.file }
      Column("sheet", .text, "Its sheet.") { $0.place.sheet }
      Column("row", .integer, "Its row.") { $0.place.row }
    }
  }
}

extension Sheet {
  static func workshopRanking(_ items: [WorkshopRanking.Item]) -> Sheet { Sheet(.workshopRanking, rows: items) }
  static func workshopScores(_ opinions: [Opinion]) -> Sheet { Sheet(.workshopScores, rows: opinions) }
  static func broughtRisks(_ risks: [BroughtRisk]) -> Sheet { Sheet(.broughtRisks, rows: risks) }
}
