import Charts
import CommunitySafety
import RiskRanking
import Wording

/// The districts of a place beside their peers: rate, rank with how sure it is, and how it has stood.
struct PeersSection {
  let context: PackContext
  let place: Area
  let root: String

  /// The standings of each district of the place, groups first.
  private var districts: [(district: Area, standings: [PeerStanding])] {
    let own = context.districts(of: place)
    let all = own.isEmpty && place.level == .district ? [place] : own
    return all.compactMap { district in
      let found = context.assessment.peers.filter { $0.isOwn && $0.area.name == district.name }
      return found.isEmpty ? nil : (district, found)
    }
  }

  func markup() -> [Markup] {
    let found = districts
    guard let first = found.first?.standings.first else {
      return [
        .paragraph(
          "There are too few districts of its force in the inputs, or too few whose residents are known, to say where it stands among them."
        )
      ]
    }
    let isOneSet = found.allSatisfy { $0.standings.allSatisfy { $0.peers == first.peers } }
    let whom = isOneSet ? "the \(first.rank.peers) \(first.peers.places)" : "those of its peers"
    let year = context.periods.frequency.periodsPerYear
    let known = found.flatMap { $0.standings.map(\.periods) }
    let least = known.min() ?? year
    let partial =
      least == year
      ? ""
      : " The counts are of \(known.allSatisfy { $0 == least } ? "" : "at least ")\(least) of the last \(context.periods.count(year)), those that are known everywhere: rates of a whole year would be higher."
    return [
      .paragraph(
        "Recorded for every 1,000 residents, beside \(whom) that the inputs hold.\(partial) Rank 1 is the lowest rate. The range and the chances are of a further year, if rates stray as they have: the range holds its rank four times in five. Where ranges overlap, the order is not known."
      )
    ] + found.map { district, standings in table(district, standings) } + [
      .paragraph(
        "A year counts as above its peers where the district's rate lies above that of all others together by more than chance explains (1\u{A0}%). New: in the last year only; intensifying, persistent, diminishing: in most years and up, level or down on the year before by more than chance; sporadic: in some; historical: before, and no longer. City centres have far more people in them by day than residents. \(Markup.link(to: root + "peers.csv", "peers.csv")) has every district.",
        className: "note")
    ]
  }

  private func table(_ district: Area, _ standings: [PeerStanding]) -> Markup {
    PeersTable(context: context, standings: standings, id: "peers-\(context.slug(area: district.name))").markup(
      caption: "\(district.name) among the \(standings[0].peers.places)", heading: "Measure"
    ) { Wording.name($0.measure.label) }
  }
}

/// Standings among peers, a row each.
struct PeersTable {
  let context: PackContext
  let standings: [PeerStanding]
  let id: String

  func markup(caption: String, heading: String, name: (PeerStanding) -> String) -> Markup {
    DataTable(
      id: id, caption: Markup(text: caption),
      columns: [
        .init(heading), .init("Per 1,000 residents", isNumeric: true), .init("Rank, 1 the lowest", isNumeric: true),
        .init("In the lowest quarter", isNumeric: true), .init("In the highest quarter", isNumeric: true),
        .init("Pattern"),
      ],
      rows: standings.map { standing in
        let words = PeerWords(context: context, standing: standing)
        return DataTable.Row([
          Markup(text: name(standing)), words.rate, words.rank, words.quarter(0),
          words.quarter(3),
          Markup(text: words.pattern),
        ])
      }, className: "comparison"
    ).markup()
  }
}

/// One standing in figures and words.
struct PeerWords {
  let context: PackContext
  let standing: PeerStanding

  private var figures: Figures { Figures(context, area: standing.area.name, measure: standing.measure) }
  private var window: Claim.Window { .year(back: 0, periods: standing.periods) }

  var rate: Markup { figures.tagged(NumberText.grouped(standing.perThousand, decimals: 1), .rate, window) }

  /// "12 of 16 (10 to 13)".
  var rank: Markup {
    let rank = standing.rank
    let range = rank.lower80 == rank.upper80 ? "\(rank.lower80)" : "\(rank.lower80) to \(rank.upper80)"
    return figures.tagged("\(rank.rank) of \(rank.peers) (\(range))", .peerRank, window)
  }

  /// The chance of a quarter, 0 that of the lowest rates.
  func quarter(_ index: Int) -> Markup {
    figures.tagged(
      Wording.probability(standing.rank.quartiles[index]), index == 0 ? .lowestQuarter : .highestQuarter, window)
  }

  /// "persistent: above its peers in 4 of 5 years".
  var pattern: String {
    guard let pattern = standing.pattern else { return "too few years to say" }
    return pattern.label == .none
      ? "not above its peers in any of \(pattern.years) years"
      : "\(pattern.label.rawValue): above its peers in \(pattern.high) of \(pattern.years) years\(pattern.high > 0 && !pattern.isLastHigh ? ", not in the last" : "")"
  }
}

extension PackContext {
  /// Where a problem's own district stands among its peers; nil of a place that is no one district.
  func standing(of risk: Risk) -> PeerStanding? {
    let names = Set(assessment.names(of: risk.area.name).map(\.name) + [risk.area.name])
    return assessment.peers.first { $0.isOwn && $0.measure.id == risk.measure.id && names.contains($0.area.name) }
  }
}
