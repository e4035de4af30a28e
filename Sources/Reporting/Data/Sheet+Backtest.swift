import Evaluation
import Forecasting
import Tables
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

  fileprivate func groups(_ result: ModelResult, _ style: PeriodStyle) -> [BacktestRow] {
    let model = result.model
    return switch self {
    case .model: [BacktestRow(model: model, group: nil, step: nil, scores: result.overall)]
    case .horizon: result.byStep.map { BacktestRow(model: model, group: nil, step: $0.group, scores: $0.scores) }
    case .band: result.byBand.map { BacktestRow(model: model, group: $0.group.label, step: nil, scores: $0.scores) }
    case .measure: result.byMeasure.map { BacktestRow(model: model, group: $0.group, step: nil, scores: $0.scores) }
    case .origin:
      result.byOrigin.map { BacktestRow(model: model, group: style.format($0.group), step: nil, scores: $0.scores) }
    }
  }
}

/// The scores of a model, or of a group of its forecasts.
private struct BacktestRow {
  let model: ModelName
  let group: String?
  let step: Int?
  let scores: Scores
}

extension Table where Row == BacktestRow {
  fileprivate static func backtest(by grouping: BacktestGrouping, levels: [Double], isBrief: Bool) -> Table {
    Table(
      "backtest", title: "Backtest",
      "One row a model and group of its forecasts: what forecasts made in the past scored when the outcome was known. Scaled scores are in units of the one-year naive error of each series."
    ) {
      Column("model", .text, "The forecasting method.") { $0.model.rawValue }
      group(grouping)
      Column("forecasts", .integer, unit: "forecasts", "Forecasts scored: one a series and origin.") {
        $0.scores.forecasts
      }
      if !isBrief {
        Column("observations", .integer, unit: "observations", "Actual values they were scored by.") {
          $0.scores.observations
        }
        Column(
          "without_scale", .integer, unit: "forecasts",
          "Forecasts of series whose history never changes, left out of scaled scores."
        ) { $0.scores.withoutScale }
      }
      Column("mase", .number, "Mean absolute scaled error of the median.") { $0.scores.mase }
      Column("rmsse", .number, "Root mean squared scaled error of the mean.") { $0.scores.rmsse }
      Column("smape", .number, unit: "per cent", "Symmetric mean absolute percentage error of the median, 0 to 200.") {
        $0.scores.smape
      }
      Column("owa", .number, "Overall weighted average: sMAPE and MASE relative to naive2.") { $0.scores.owa }
      if !isBrief {
        Column("bias", .number, "Mean scaled error of the mean: above 0 where forecasts are too high.") {
          $0.scores.bias
        }
      }
      for (index, level) in levels.enumerated() {
        Column(
          "coverage_\(plainNumber(level))", .probability,
          "Share of actual values within the \(plainNumber(level)) % interval."
        ) { $0.scores.coverage[index].value }
      }
      for (index, level) in levels.enumerated() where !isBrief || index == levels.count - 1 {
        Column(
          "msis_\(plainNumber(level))", .number, "Mean scaled interval score of the \(plainNumber(level)) % interval."
        ) { $0.scores.msis[index].value }
      }
      Column(
        "scaled_pinball", .number, "Scaled pinball loss, twice its mean over the median and both ends of every level."
      ) { $0.scores.scaledPinball }
      if !isBrief {
        Column("wql", .number, "Weighted quantile loss: that sum relative to the sum of actual values.") {
          $0.scores.weightedQuantileLoss
        }
        Column("scaled_crps", .number, "Scaled continuous ranked probability score.") { $0.scores.scaledCRPS }
      }
      Column("log_score", .number, unit: "nats", "Mean log score of counts.") { $0.scores.logScore }
      if !isBrief { exact }
    }
  }

  private static func group(_ grouping: BacktestGrouping) -> [Column<Row>] {
    switch grouping {
    case .model: []
    case .horizon: [Column("horizon", .integer, unit: "periods", "Steps ahead.") { $0.step }]
    case .band: [Column("band", .text, "Size of the counts.") { $0.group }]
    case .measure: [Column("measure", .text, "The measure.") { $0.group }]
    case .origin: [Column("origin", .period, "Last period the forecasts knew of.") { $0.group }]
    }
  }

  private static var exact: [Column<Row>] {
    [
      Column(
        "exact_densities", .integer, unit: "observations",
        "Observations whose scaled_crps, log_score and histogram are of the distribution itself, not of its quantiles."
      ) { $0.scores.exactDensities },
      Column(
        "mae", .number, unit: CommonColumns.measureUnit,
        "Mean absolute error of the median, where the year before is known."
      ) { $0.scores.meanAbsoluteError },
      Column(
        "mae_last_year", .number, unit: CommonColumns.measureUnit,
        "The same of the forecast \u{201C}as last year\u{201D}."
      ) { $0.scores.meanAbsoluteErrorOfLastYear },
    ]
      + (0..<PITHistogram.binCount).map { bin in
        Column(
          "pit_\(bin + 1)", .probability,
          "Share of actual values in tenth \(bin + 1) of their forecast distributions; a tenth where it is calibrated."
        ) { $0.scores.pit.shares[bin] }
      }
  }
}

extension Sheet {
  /// `model[,horizon|band|measure|origin],forecasts,observations,without_scale,mase,rmsse,smape,owa,bias,coverage_80,...,
  /// msis_80,...,scaled_pinball,wql,scaled_crps,log_score,exact_densities,mae,mae_last_year,pit_1,...,pit_10`: a row for each model
  /// and group; `exact_densities` of the observations had scaled_crps, log_score and pit from the distribution itself.
  ///
  /// - Parameter isBrief: leaves out what a terminal has no room for.
  public static func backtest(
    _ report: BacktestReport, by grouping: BacktestGrouping, style: PeriodStyle, isBrief: Bool = false
  ) -> Sheet {
    Sheet(
      .backtest(by: grouping, levels: report.levels, isBrief: isBrief),
      rows: report.models.flatMap { grouping.groups($0, style) })
  }
}
