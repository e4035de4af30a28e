import Forecasting
import TimeSeries

/// What a run does about measures that may only have changed their names: it joins none, ranks neither, and judges no period of either
/// by what was before its beginning or after its end.
struct Renames {
  private let byMeasure: [String: PossibleRename]

  /// Finds them among the series of the base level, whose areas tell.
  init(_ panel: Panel) {
    var byMeasure: [String: PossibleRename] = [:]
    for rename in PossibleRename.found(in: panel) {
      byMeasure[rename.old] = rename
      // A beginning more than two years back is on neither side of a comparison of years.
      let year = panel.frequency.periodsPerYear
      if let end = panel.span?.upperBound, rename.began > end - 2 * year { byMeasure[rename.new] = rename }
    }
    self.byMeasure = byMeasure
  }

  /// The renaming that the measure of a series may be part of.
  func rename(of series: Series) -> PossibleRename? { series.key.measure.flatMap { byMeasure[$0] } }

  /// What periods are judged by: of measures that may have changed their names nothing outside their lifespans.
  func judged(_ panel: Panel) -> Panel {
    guard !byMeasure.isEmpty else { return panel }
    return panel.filterMap { rename(of: $0) == nil ? $0 : $0.within($0.lifespan) }
  }
}
