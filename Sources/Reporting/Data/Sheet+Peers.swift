import CommunitySafety
import RiskRanking
import Tables

extension Table where Row == PeerStanding {
  static var peers: Table {
    Table(
      "peers", title: "Districts and their peers",
      "One row a measure and district of the forces of the run, those that were not asked for among them, or place of a peer group: rate and rank with its uncertainty."
    ) {
      Column("area", .text, "Name of the district, or place of a peer group.") { $0.area.name }
      Column("measure", .text, "The measure or group of measures.") { $0.measure.label }
      Column("force", .text, "The force whose districts are ranked together; blank of a peer group.") { standing in
        if case .force(let name) = standing.peers { name } else { nil }
      }
      Column("is_own", .flag, "Whether it is a place of the run whose position this is.") { $0.isOwn }
      Column("recorded", .number, unit: "records", "Recorded in the last year, over the periods that all have.") {
        $0.count
      }
      Column("periods", .integer, unit: "periods", "How many periods that are.") { $0.periods }
      Column("residents", .integer, unit: "residents", "Residents that it is divided by.") { $0.residents }
      Column("per_1000", .number, unit: "records per 1,000 residents", "The rate.") { $0.perThousand }
      Column("peers", .integer, unit: "places", "Places ranked together, itself one of them.") { $0.rank.peers }
      Column("rank", .integer, "Rank by rate as recorded; 1 is the lowest.") { $0.rank.rank }
      Column("rank_lo-80", .integer, "Lower end of the central 80 % of its ranks in a further year.") {
        $0.rank.lower80
      }
      Column("rank_hi-80", .integer, "Upper end of it.") { $0.rank.upper80 }
      Column("quartile", .integer, "The quarter of the recorded rate; 1 holds the lowest rates.") { $0.rank.quartile }
      (1...4).map { quarter in
        Column(
          "probability_quartile_\(quarter)", .probability,
          "Probability that it is in quarter \(quarter) in a further year."
        ) {
          $0.rank.quartiles[quarter - 1]
        }
      }
      Column("pattern", .choice(EmergingPattern.Label.self), "How its rate has stood; of districts of the run.") {
        $0.pattern?.label
      }
      Column("years_above", .integer, unit: "years", "Years above its peers by more than chance.") { $0.pattern?.high }
      Column("years", .integer, unit: "years", "Years looked at.") { $0.pattern?.years }
      Column("peer_group", .text, "The peer group that is ranked together, in place of a force.") { standing in
        if case .group(let name) = standing.peers { name } else { nil }
      }
    }
  }
}

extension Sheet {
  /// The districts of a run and their peers.
  public static func peers(_ standings: [PeerStanding]) -> Sheet { Sheet(.peers, rows: standings) }
}
