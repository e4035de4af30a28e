import Charts
import CommunitySafety
import RiskRanking
import Scorecard
import Wording

/// Where the places of a measure stand among their peers: a table, and a funnel plot for each set of peers.
struct PeerPosition {
  let report: ScorecardReport
  let measure: Measure
  private var context: PackContext { report.context }

  func section() -> [Markup] {
    let standings = report.standings(of: measure)
    guard let first = standings.first else { return [] }
    let sets = standings.reduce(into: [PeerSet]()) { if !$0.contains($1.peers) { $0.append($1.peers) } }
    let table = PeersTable(context: context, standings: standings, id: "peers-table").markup(
      caption: sets.count == 1
        ? "Among the \(first.rank.peers) \(first.peers.places) that the inputs hold"
        : "Each among those of its peers that the inputs hold", heading: "Place"
    ) { context.displayName($0.area.name) }
    return [
      .section(
        id: "peers", "Among its peers",
        [
          table,
          .paragraph(
            "Recorded in the last \(context.periods.year) for every 1,000 residents; rank 1 is the lowest rate. The range and the chances are of a further year, if rates stray as they have: the range holds its rank four times in five. Where ranges overlap, the order is not known. \(Markup.link(to: "../peers.csv", "peers.csv")) has every measure.",
            className: "note"),
        ] + sets.enumerated().flatMap { funnel($1, id: "funnel-\($0 + 1)") })
    ]
  }

  /// The levels of the limits, the widest last (Spiegelhalter 2005: two and three standard errors).
  private static let levels = [(0.95, "95\u{A0}%"), (0.998, "99.8\u{A0}%")]

  /// The funnel plot of a set of peers, with in words who lies outside; nothing where no limits can be drawn.
  private func funnel(_ peers: PeerSet, id: String) -> [Markup] {
    let all = report.peers(of: measure).filter { $0.peers == peers }
    guard
      let funnel = FunnelLimits(all.map { PeerRanks.Entry(count: $0.count, residents: Double($0.residents)) }),
      let largest = all.map(\.residents).max(), let smallest = all.map(\.residents).min()
    else { return [] }
    let sizes = (0...60).map { step in
      0.6 * Double(smallest) + (1.06 * Double(largest) - 0.6 * Double(smallest)) * Double(step) / 60
    }
    let limits = PeerPosition.levels.map { level, label in
      let pairs = sizes.map { funnel.limits(residents: $0, level: level) }
      return FunnelChart.Limits(
        label: label, sizes: sizes, lower: pairs.map { 1000 * $0.lower }, upper: pairs.map { 1000 * $0.upper })
    }
    let finding = finding(all, funnel)
    let chart = FunnelChart(
      id: id, title: "\(Wording.name(measure.label)) by residents: \(finding)",
      description:
        "A dot for each of the \(all.count) \(peers.places): residents across, records for every 1,000 of them upwards, beside the rate of all together and the limits within which chance would leave a place of that size.",
      places: all.map {
        .init(
          label: context.displayName($0.area.name), size: Double($0.residents), rate: $0.perThousand, isOwn: $0.isOwn)
      }, centre: 1000 * funnel.centre, limits: limits, rateTitle: "Recorded for every 1,000 residents")
    let widened =
      funnel.dispersion > 1
      ? " The places differ by more than chance in any case, and the limits are widened by what is usual among them (dispersion \(NumberText.grouped(funnel.dispersion, decimals: funnel.dispersion < 10 ? 1 : 0)))."
      : ""
    return [
      .element("h3", [:], Markup(text: "Funnel plot: \(finding)")),
      .element(
        "figure", [:],
        .element(
          "div",
          [
            "class": "drawing", "role": "region", "tabindex": "0",
            "aria-label": "Funnel plot, \(measure.label), \(peers.name)",
          ], chart.svg())),
      .paragraph(
        "Solid: the rate of all together. Dashed and outer lines: limits that 95\u{A0}% and 99.8\u{A0}% of places would lie within if they differed by chance alone.\(widened) A place outside asks for an explanation; it is no league table.",
        className: "note"),
    ]
  }

  /// "Oxford lies above, West Oxfordshire below the limits of 99.8 %"; of places of the run.
  private func finding(_ all: [PeerStanding], _ funnel: FunnelLimits) -> String {
    guard let widest = PeerPosition.levels.last else { return "" }
    func names(_ isAbove: Bool) -> [String] {
      all.filter {
        $0.isOwn
          && funnel.isAbove(
            $0.count / Double($0.residents), residents: Double($0.residents), level: widest.0) == isAbove
      }.map { context.displayName($0.area.name) }
    }
    let (above, below) = (names(true), names(false))
    guard !above.isEmpty || !below.isEmpty else { return "no place of these lies outside the limits" }
    let parts = [
      above.isEmpty ? nil : "\(Wording.list(above)) above", below.isEmpty ? nil : "\(Wording.list(below)) below",
    ].compactMap(\.self)
    return "\(Wording.list(parts)) what is usual for places of their size"
  }
}
