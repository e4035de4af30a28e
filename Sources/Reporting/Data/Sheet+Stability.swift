import RiskRanking
import Tables

/// What one kind of variation does to the rank of a risk in one order.
struct StabilityRow: Sendable {
  let risk: Risk
  let share: RankStability.Share
}

extension Table where Row == StabilityRow {
  static var stability: Table {
    Table(
      "stability", title: "Stability of ranks",
      "How often each problem of page one's level is among the first when what its rank rests on varies."
    ) {
      Column("place", .text, "Name of the area.") { $0.risk.area.name }
      Column("problem", .text, "The measure, by the name people see.") { $0.risk.label }
      Column("rank", .integer, "Rank by expected change.") { $0.risk.rank }
      Column("harm_rank", .integer, "Rank by expected change times harm per offence; blank without a weight.") {
        $0.risk.harmRank
      }
      Column("order", .choice(RankStability.Order.self), "What the order is by.") { $0.share.order }
      Column("varied", .choice(RankStability.Variation.self), "What varies.") { $0.share.variation }
      Column("top_5_share", .probability, "Share of the variations in which it is among the first five.") {
        $0.share.top5
      }
      Column("top_10_share", .probability, "Share in which it is among the first ten.") { $0.share.top10 }
      Column("place_top_5_share", .probability, "Share in which it is among the first five of its own place.") {
        $0.share.placeTop5
      }
      Column("rank_lo-80", .integer, "Lower end of the central 80 % of its ranks.") { $0.share.lower80 }
      Column("rank_hi-80", .integer, "Upper end of it.") { $0.share.upper80 }
    }
  }
}

extension Sheet {
  /// How stable ranks are, a row a risk, order and variation.
  public static func stability(_ risks: [Risk]) -> Sheet {
    Sheet(.stability) { add in
      for risk in risks {
        for share in risk.stability?.shares ?? [] { try add(StabilityRow(risk: risk, share: share)) }
      }
    }
  }
}

// What priorities.csv and priorities.json say of stability and of scores.
extension Table where Row == RiskRow {
  static var stabilityAndScore: [Column<Row>] {
    [
      Column(
        "top_5_share", .probability,
        "How often it is among the first five when forecasts and last year's counts vary; blank where it is not ranked."
      ) { $0.risk.stability?.share(.expectedChange)?.top5 },
      Column("top_10_share", .probability, "The same of the first ten.") {
        $0.risk.stability?.share(.expectedChange)?.top10
      },
      Column("place_top_5_share", .probability, "The same of the first five of its own place.") {
        $0.risk.stability?.share(.expectedChange)?.placeTop5
      },
      Column("rank_lo-80", .integer, "Lower end of the central 80 % of its ranks then.") {
        $0.risk.stability?.share(.expectedChange)?.lower80
      },
      Column("rank_hi-80", .integer, "Upper end of it.") { $0.risk.stability?.share(.expectedChange)?.upper80 },
      Column(
        "harm_top_5_share", .probability,
        "How often it is among the first five by harm when harm weights and their set vary too; blank without a weight."
      ) { $0.risk.stability?.share(.harm)?.top5 },
      Column("harm_top_10_share", .probability, "The same of the first ten.") {
        $0.risk.stability?.share(.harm)?.top10
      },
      Column("scoring_profile", .text, "The scoring profile of the columns that follow.") {
        $0.risk.scores.first?.scheme
      },
      Column("impact", .number, unit: "score", "Its impact; blank where nothing says.") {
        $0.risk.scores.first?.impact
      },
      Column(
        "impact_basis", .choice(["scored", "provisional", "missing"]),
        "Whether a named person scored the impact, or it comes from harm weights until one does."
      ) { row in
        row.risk.scores.first.map { score in
          switch score.basis {
          case .scored: "scored"
          case .provisional: "provisional"
          case .missing: "missing"
          }
        }
      },
      Column("likelihood", .number, unit: "score", "Its likelihood, from data; blank where it cannot be scored.") {
        $0.risk.scores.first?.likelihood
      },
      Column("profile_score", .number, unit: "score", "Impact times likelihood; no rank goes by it.") {
        $0.risk.scores.first?.score
      },
      Column("profile_band", .text, "What the profile calls the score.") { $0.risk.scores.first?.band },
    ]
  }
}
