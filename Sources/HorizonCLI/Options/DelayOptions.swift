import ArgumentParser
import ExceptionDetection

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
    guard !asReported, let reports = try LateReports(input, prepared.data, asOf: prepared.asOf) else { return nil }
    detector.completeness = reports.completeness
    guard let newest = prepared.panel.span?.upperBound, let share = reports.share(newest, prepared.panel) else {
      return nil
    }
    return
      "Vintages of the store tell how late reports come: of the newest \(prepared.panel.frequency.noun) \(share) is expected "
      + "to be known, by measure."
  }
}
