import ArgumentParser
import Reporting
import Session

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

  /// What is to be done about late reports.
  var use: SessionOptions.LateReportUse { asReported ? .ignored : .allowedFor }

  /// What is done about late reports, in words; nil for nothing.
  static func words(_ session: Session) -> String? {
    guard let reports = session.lateReports, let newest = session.panel.span?.upperBound,
      let share = reports.share(newest, session.panel)
    else { return nil }
    return
      "Vintages of the store tell how late reports come: of the newest \(session.panel.frequency.noun) \(share.percent) is expected "
      + "to be known, by measure."
  }
}
