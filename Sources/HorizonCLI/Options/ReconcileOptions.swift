import ArgumentParser
import Forecasting

extension Reconciliation: ExpressibleByArgument {}

/// What forecasts are to add up to, and how.
struct ReconcileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Also forecast totals, so that they are the sums of their parts: over areas and over measures. Adds the totals' rows and a \
      column level. none forecasts totals by themselves, which then do not add up.
      """, valueName: "method"))
  var reconcile: Reconciliation?

  @Option(
    help: ArgumentHelp(
      """
      What adds up to what (YAML): areas: and measures:, lists of name:, parts: and level:. Without it areas add up to \
      partnerships and forces as far as they are known and to All areas, measures to groups and to All measures.
      """, valueName: "file"))
  var hierarchy: String?

  func validate() throws {
    if hierarchy != nil, reconcile == nil {
      throw ValidationError("--hierarchy says what adds up; say how with --reconcile, such as --reconcile auto.")
    }
  }
}
