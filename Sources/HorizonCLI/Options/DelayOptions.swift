import ArgumentParser
import CommunitySafety
import ExceptionDetection
import Ingest
import TimeSeries
import VintageStore

/// What to make of recent figures that may still rise.
struct DelayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Mark this many of the newest periods as figures that may still rise, where the vintages of a store do not tell how much.",
      valueName: "periods"))
  var caution: Int = 0

  @Flag(help: "Take the figures of a store as they are, whatever its vintages tell of late reports.")
  var asReported = false

  func validate() throws {
    guard (0...1000).contains(caution) else { throw ValidationError("--caution must be from 0 to 1000.") }
  }

  /// Sets a detector up for late reports: by the vintages of a store, if one is the input and has two or more.
  ///
  /// - Returns: what was done, in words; nil for nothing.
  func apply(to detector: inout ExceptionDetector, input: InputOptions, _ prepared: PreparedInput) throws -> String? {
    detector.caution = caution
    guard !asReported, input.inputs.count == 1, Store.isStore(input.inputs[0]) else { return nil }
    let totals = try Store(reading: input.inputs[0]).revisions().compactMap { total -> ReportingDelays.Total? in
      if let asOf = prepared.asOf, total.vintage.delay(of: asOf) > 0 { return nil }
      return .init(
        source: total.source, measure: total.measure,
        entry: .init(
          period: total.period, delay: total.vintage.delay(of: total.period), total: total.total, values: total.values))
    }
    guard let delays = ReportingDelays(totals) else { return nil }
    let areas = prepared.data.areas
    detector.completeness = { key, period in
      let force = areas[key.area]?.force.map(ForceName.slug(ofName:))
      return delays.completeness(
        source: delays.sources.contains(force ?? "") ? force : nil, measure: key.measure ?? key.area, period: period)
    }
    let newest = prepared.panel.span.map(\.upperBound)
    let shares = Set(
      prepared.panel.series.compactMap { series in newest.flatMap { detector.completeness(series.key, $0)?.share } })
    guard let least = shares.min(), let most = shares.max() else { return nil }
    let percent = { (x: Double) in Int((x * 100).rounded()) }
    return
      "Vintages of the store tell how late reports come: of the newest \(prepared.panel.frequency.noun) \(percent(least))"
      + (percent(most) > percent(least) ? " to \(percent(most))" : "") + " % is expected to be known, by measure."
  }
}
