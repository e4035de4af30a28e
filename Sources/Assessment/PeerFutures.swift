import CommunitySafety
import Forecasting
import RiskRanking
import TimeSeries

/// A measure in a place and its peers with forecasts of all of them: what a future rank is drawn from.
public struct PeerFutures: Sendable {
  /// One of the places.
  public struct Member: Sendable {
    /// The place.
    public let area: Area
    /// Whether its position is told, being a place of the run.
    public let isOwn: Bool
    /// What was recorded.
    public let observed: Series
    /// Its forecast with joint draws, path by path one future with the others'.
    public let forecast: SeriesForecast
  }

  /// Who is compared.
  public let peers: PeerSet
  /// The measure or group.
  public let measure: Measure
  /// The places, in input order.
  public let members: [Member]
}

extension Assessor {
  /// Forecasts of the peers of measures whose future ranks are asked for (``peersAhead``).
  ///
  /// Places of the run keep the forecasts that everything else is told from; the others are forecast as one pool with them, so that what
  /// moves all places of the measure moves them together. Breaks of the calendar that concern them are regarded.
  func futures(_ comparison: PeerComparison, _ assessment: StrategicAssessment) async throws -> [PeerFutures] {
    let asked = comparison.tables.filter { table in
      [table.measure.name, table.measure.label, table.measure.id.rawValue].contains(where: peersAhead.contains)
    }
    let panel = assessment.data.panel
    var found: [PeerFutures] = []
    for table in asked {
      let series = table.members.compactMap { member in
        member.series[table.measure.id].map { one in
          Series(
            key: SeriesKey(area: member.area.name, measure: table.measure.label), start: one.start, values: one.values,
            partial: one.partial)
        }
      }
      let lookup = try BreakLookup(
        reference, areas: table.members.map(\.area), frequency: panel.frequency, without: configuration.withoutBreaks)
      let made = try await engine(
        lookup.interventions(series.map(\.key)), panel.frequency, withDraws: true, relatives: []
      ).run(Panel(frequency: panel.frequency, style: panel.style, series: series))
      let members = zip(zip(table.members, series), made).map { known, forecast in
        let own = known.0.isOwn ? assessment.series(known.1.key)?.forecast : nil
        let isUsable = own?.paths.map { $0.count == forecast.paths?.count && $0.horizon == forecast.paths?.horizon }
        return PeerFutures.Member(
          area: known.0.area, isOwn: known.0.isOwn, observed: known.1,
          forecast: isUsable == true ? own ?? forecast : forecast)
      }
      found.append(PeerFutures(peers: table.peers, measure: table.measure, members: members))
    }
    return found
  }
}
