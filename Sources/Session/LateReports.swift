import CommunitySafety
import ExceptionDetection
import Ingest
import TimeSeries
import VintageStore

/// How much of the newest figures of a store is known, by what its vintages added later.
public struct LateReports: Sendable {
  /// How much of each count had been reported when it was read.
  public let completeness: ReportingCompleteness

  /// What the vintages known at the end of `asOf` tell of the data read from their store.
  ///
  /// - Returns: nil unless a period was seen in two vintages.
  init?(_ store: Store, _ data: IngestedData, asOf: Period?) throws {
    let totals = try store.revisions().compactMap { total -> ReportingDelays.Total? in
      if let asOf, total.vintage.delay(of: asOf) > 0 { return nil }
      return .init(
        source: total.source, measure: total.measure,
        entry: .init(
          period: total.period, delay: total.vintage.delay(of: total.period), total: total.total, values: total.values))
    }
    guard let delays = ReportingDelays(totals) else { return nil }
    completeness = ReportingCompleteness(
      delays, sources: data.areas.compactMapValues { $0.force.map(ForceName.slug(ofName:)) })
  }

  /// How much of a period is expected to be known; nil if nothing is missing from any measure.
  public func share(_ period: Period, _ panel: Panel) -> VintageNote.Known? {
    let shares = panel.series.compactMap { completeness[$0.key, period]?.share }
    guard let least = shares.min(), let most = shares.max() else { return nil }
    return .init(period, least: least, greatest: most)
  }

  /// Most periods that are named.
  private static let mostPeriods = 3

  /// What forecasts and rankings, which allow for none of it, must say; nil where the newest period is whole.
  func warning(_ panel: Panel) -> DataNote? {
    guard let span = panel.span else { return nil }
    let newest = (0..<LateReports.mostPeriods).map { span.upperBound - $0 }.filter(span.contains)
    // Less than half a per cent is nothing to speak of.
    let known = newest.map { share($0, panel) }.prefix { ($0?.least ?? 1) < 0.995 }.compactMap(\.self)
    return known.isEmpty ? nil : .vintages(.lateReports(known, frequency: panel.frequency))
  }
}
