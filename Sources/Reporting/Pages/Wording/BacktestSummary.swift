import Charts
import Evaluation
import Forecasting
import TimeSeries
import Wording

/// What a backtest found, in sentences a workshop understands.
public enum BacktestSummary {
  /// The findings in a few lines, for a terminal: what was forecast, how it held, what was left out, and the largest totals.
  public static func lines(_ report: BacktestReport) -> [String] {
    let periods = PeriodText(frequency: report.frequency)
    var lines = [scope(report, periods)] + skipped(report, periods)
    if let first = report.models.first {
      lines.append(contentsOf: [coverage(first), besideLastYear(first)].compactMap { $0 })
    }
    lines += left(report)
    let largest = report.checks.sorted { ($1.mean, $0.key) < ($0.mean, $1.key) }.prefix(3)
    lines += largest.map { check($0, periods) }
    return lines.map { $0.replacing("\u{A0}", with: " ") }
  }

  /// "Forecasts of 12 months, made at the end of Dec 2014, Dec 2015 and Dec 2016."
  static func scope(_ report: BacktestReport, _ periods: PeriodText) -> String {
    let origins = report.origins
    let made =
      origins.count <= 4
      ? Wording.list(origins.map(periods.label))
      : "\(NumberText.grouped(origins.count)) origins from \(origins.first.map(periods.label) ?? "") to \(origins.last.map(periods.label) ?? "")"
    let first = report.models.first?.overall
    return
      "Forecasts of \(periods.count(report.horizon)) as they would have been made at the end of \(made): \(NumberText.grouped(first?.forecasts ?? 0)) a model, scored by \(NumberText.grouped(first?.observations ?? 0)) recorded values."
  }

  /// Why origins were left out, a sentence each.
  static func skipped(_ report: BacktestReport, _ periods: PeriodText) -> [String] {
    report.skipped.map { "\(periods.label($0.origin)) was left out as an origin: \($0.reason)." }
  }

  /// What could not be scored as asked: a sentence each.
  static func left(_ report: BacktestReport) -> [String] {
    var lines: [String] = []
    let unscaled = report.models.first?.overall.withoutScale ?? 0
    if unscaled > 0 {
      lines.append(
        "\(NumberText.grouped(unscaled)) forecasts are of series that had never changed: no scaled score exists for them."
      )
    }
    for result in report.models where result.fallbacks > 0 {
      lines.append(
        "\(result.model.rawValue): \(NumberText.grouped(result.fallbacks)) forecasts are by a simpler model, because the series did not allow this one."
      )
    }
    return lines
  }

  /// "auto: the 80 % range held 82 % of what was recorded, the 95 % range 96 %."
  static func coverage(_ result: ModelResult) -> String? {
    let parts = result.overall.coverage.filter { $0.value.isFinite }.map {
      "the \(NumberText.grouped($0.level, decimals: $0.level == $0.level.rounded() ? 0 : 1))\u{A0}% range held \(Wording.percent($0.value))"
    }
    return parts.isEmpty ? nil : "\(result.model.rawValue): \(Wording.list(parts)) of what was recorded."
  }

  /// "auto was off by 4.2 a period on average; the same as last year would have been off by 5.1 (18 % more)."
  static func besideLastYear(_ result: ModelResult) -> String? {
    let (own, other) = (result.overall.meanAbsoluteError, result.overall.meanAbsoluteErrorOfLastYear)
    guard own.isFinite, other.isFinite else { return nil }
    func text(_ x: Double) -> String { NumberText.grouped(x, decimals: x < 100 ? 2 : 0) }
    return
      "\(result.model.rawValue) was off by \(text(own)) on average; \u{201C}the same as last year\u{201D} would have been off by \(text(other))\(comparison(own, other))."
  }

  /// " (18 % less than ...)" of two errors; nothing where the other is 0.
  private static func comparison(_ own: Double, _ other: Double) -> String {
    guard other > 0 else { return "" }
    let share = own / other - 1
    let size = Wording.percent(share.magnitude)
    return share.magnitude < 0.005
      ? ", which is as much" : ": the forecast's error is \(size) \(share < 0 ? "smaller" : "larger")"
  }

  /// "Last year's forecast said 120 to 180 for Burglary in Oxford; 150 happened."
  static func check(_ check: TotalCheck, _ periods: PeriodText) -> String {
    let length = check.span.upperBound - check.span.lowerBound + 1
    let whose =
      length == periods.frequency.periodsPerYear
      ? "Last year's forecast" : "The forecast of \(periods.range(check.span.lowerBound, check.span.upperBound))"
    let verdict =
      check.isWithin ? "within the range" : check.actual > check.upper ? "above the range" : "below the range"
    return
      "\(whose) said \(Wording.foreseenInterval(check.lower, check.upper)) for \(name(check.key)); \(Wording.count(check.actual)) \(check.actual == 1 ? "was" : "were") recorded: \(verdict)."
  }

  /// "Burglary in Oxford"; a series that stands alone by its name.
  static func name(_ key: SeriesKey) -> String { key.measure.map { "\(Wording.name($0)) in \(key.area)" } ?? key.area }
}
