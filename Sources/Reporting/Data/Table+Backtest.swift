import Evaluation
import TimeSeries

/// What the rows of a backtest are broken down by.
public enum BacktestGrouping: String, CaseIterable, Sendable {
  /// One row a model.
  case model
  /// Steps ahead.
  case horizon
  /// Size of the counts.
  case band
  case measure
  case origin

  fileprivate func groups(_ result: ModelResult, _ style: PeriodStyle) -> [(cell: Table.Cell?, scores: Scores)] {
    switch self {
    case .model: [(nil, result.overall)]
    case .horizon: result.byStep.map { (.integer($0.group), $0.scores) }
    case .band: result.byBand.map { (.text($0.group.label), $0.scores) }
    case .measure: result.byMeasure.map { (.text($0.group), $0.scores) }
    case .origin: result.byOrigin.map { (.text(style.format($0.group)), $0.scores) }
    }
  }
}

extension Table {
  /// `model[,horizon|band|measure|origin],forecasts,observations,without_scale,mase,rmsse,smape,owa,bias,coverage_80,...,
  /// msis_80,...,scaled_pinball,wql,scaled_crps,log_score,exact_densities,mae,mae_last_year,pit_1,...,pit_10`: a row for each model
  /// and group; `exact_densities` of the observations had scaled_crps, log_score and pit from the distribution itself.
  ///
  /// - Parameter isBrief: leaves out what a terminal has no room for.
  public static func backtest(
    _ report: BacktestReport, by grouping: BacktestGrouping, style: PeriodStyle, isBrief: Bool = false
  ) -> Table {
    let levels = report.levels
    var columns = ["model"]
    if grouping != .model { columns.append(grouping.rawValue) }
    columns += isBrief ? Scores.briefColumns(levels) : Scores.columns(levels)
    var table = Table(columns: columns)
    for result in report.models {
      for (cell, scores) in grouping.groups(result, style) {
        var row = [Cell.text(result.model.rawValue)]
        if let cell { row.append(cell) }
        row += isBrief ? scores.briefCells : scores.cells
        table.append(row)
      }
    }
    return table
  }
}

extension Scores {
  private static func named(_ name: String, _ levels: [Double]) -> [String] {
    levels.map { "\(name)_\(plainNumber($0))" }
  }

  fileprivate static func columns(_ levels: [Double]) -> [String] {
    var columns = ["forecasts", "observations", "without_scale", "mase", "rmsse", "smape", "owa", "bias"]
    columns += named("coverage", levels)
    columns += named("msis", levels)
    columns += ["scaled_pinball", "wql", "scaled_crps", "log_score", "exact_densities", "mae", "mae_last_year"]
    columns += (1...PITHistogram.binCount).map { "pit_\($0)" }
    return columns
  }

  fileprivate var cells: [Table.Cell] {
    var numbers = [mase, rmsse, smape, owa, bias]
    numbers += coverage.map(\.value)
    numbers += msis.map(\.value)
    numbers += [scaledPinball, weightedQuantileLoss, scaledCRPS, logScore]
    let others = [meanAbsoluteError, meanAbsoluteErrorOfLastYear] + pit.shares
    return [.integer(forecasts), .integer(observations), .integer(withoutScale)] + numbers.map { .number($0) }
      + [.integer(exactDensities)] + others.map { .number($0) }
  }

  fileprivate static func briefColumns(_ levels: [Double]) -> [String] {
    var columns = ["forecasts", "mase", "rmsse", "smape", "owa"]
    columns += named("coverage", levels)
    columns += named("msis", Array(levels.suffix(1)))
    return columns + ["scaled_pinball", "log_score"]
  }

  fileprivate var briefCells: [Table.Cell] {
    var numbers = [mase, rmsse, smape, owa]
    numbers += coverage.map(\.value)
    numbers += msis.suffix(1).map(\.value)
    numbers += [scaledPinball, logScore]
    return [.integer(forecasts)] + numbers.map { .number($0) }
  }
}
