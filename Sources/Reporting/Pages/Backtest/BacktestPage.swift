import Tables
import Charts
import Evaluation
import TimeSeries
import Wording

/// The page of a backtest: how last year's forecast did, in words, then the evidence by model, horizon, size and measure.
public struct BacktestPage {
  let report: BacktestReport
  let marking: String
  let version: String
  let periods: PeriodText

  /// A page for a report; `version` is Horizon's own.
  public init(_ report: BacktestReport, marking: String, version: String) {
    self.report = report
    self.marking = marking
    self.version = version
    periods = PeriodText(frequency: report.frequency)
  }

  /// The page, whole in one file.
  public func html() -> String {
    StandalonePage(
      title: title, kind: "How good past forecasts were", marking: marking,
      content: [.paragraph(Markup(text: BacktestSummary.scope(report, periods)), className: "lead"), findings()]
        + [
          TotalChecks(checks: report.checks, periods: periods).section(), models(), coverage(), calibration(),
          horizon(), bands(), measures(), origins(), method(),
        ],
      footer: [
        "Horizon \(version). Nothing after an origin was known to the forecasts made at it.",
        "Recorded crime is not accredited official statistics. Results are about places and categories, never about persons.",
      ]
    ).html()
  }

  private var title: String {
    guard let first = report.models.first, let covered = first.overall.coverage.first, covered.value.isFinite else {
      return "How good past forecasts were"
    }
    let level = NumberText.grouped(covered.level, decimals: covered.level == covered.level.rounded() ? 0 : 1)
    return
      "The \(level)\u{A0}% range of past forecasts held \(Wording.percent(covered.value)) of what was recorded"
  }

  private func findings() -> Markup {
    .list(
      report.models.flatMap { [BacktestSummary.coverage($0), BacktestSummary.besideLastYear($0)] }.prefix(4)
        .compactMap { $0 }.map { Markup(text: $0) }, className: "sentences")
  }

  private func models() -> Markup {
    let scored = report.models.map { (name: $0.model.rawValue, value: $0.overall.mase) }
    let best = scored.filter { $0.value.isFinite }.min { $0.value < $1.value }
    let finding =
      best.map {
        "\(report.models.count == 1 ? "The" : "The smallest") scaled error is that of \($0.name): \(score($0.value))"
      }
      ?? "No scaled error can be given"
    return .section(
      id: "models", "Models compared",
      [
        Figure(
          id: "models-figure", title: finding,
          subtitle:
            "Mean absolute scaled error (MASE); shorter is better; 1 is the error of repeating the same season within the history"
        )
        .markup { width, suffix in
          var chart = BarOfParts(
            id: "models-chart\(suffix)", title: finding,
            description: scored.map { "\($0.name) \(score($0.value))" }.joined(separator: ", "),
            bars: scored.map {
              .init(label: $0.name, parts: [$0.value], value: score($0.value), isSubject: $0.name == best?.name)
            })
          chart.width = width
          return chart.svg()
        },
        table(
          "models-table", "Scores of each model over all forecasts",
          report.models.map { (nil, $0.model.rawValue, $0.overall) }),
      ])
  }

  private func coverage() -> Markup {
    let rows = report.models.flatMap { result in
      result.overall.coverage.map {
        TargetDots.Row(
          label: "\(result.model.rawValue), \(plainNumber($0.level))\u{A0}% range", target: $0.level / 100,
          measured: $0.value)
      }
    }
    let finding = report.models.first.flatMap(BacktestSummary.coverage) ?? "No range could be checked"
    return .section(
      id: "coverage", "Were the ranges honest?",
      [
        Figure(
          id: "coverage-figure", title: finding,
          subtitle:
            "Share of recorded values within each range (dot) and the share promised (diamond). Ranges of small counts hold more than they promise, because counts are whole"
        )
        .markup { width, suffix in
          var chart = TargetDots(
            id: "coverage-chart\(suffix)", title: finding,
            description: rows.map { "\($0.label): \(Wording.percent($0.measured))" }.joined(separator: "; "), rows: rows
          )
          chart.width = width
          return chart.svg()
        }
      ])
  }

  private func calibration() -> Markup {
    let shown = report.models.prefix(ScoreLines.mostLines)
    let bins = PITHistogram.binCount
    let figures = shown.map { result -> Markup in
      let name = result.model.rawValue
      let shares = result.overall.pit.shares
      let text = shares.map(Wording.percent).joined(separator: ", ")
      return Figure(
        id: "pit-\(name)", title: "\(name): \(BacktestPage.shape(shares))",
        subtitle: "Share of recorded values in each tenth of the forecast distribution"
      ).markup {
        width, suffix in
        var chart = ColumnChart(
          id: "pit-\(name)-chart\(suffix)", title: "\(name): \(BacktestPage.shape(shares))",
          description: "From the lowest tenth to the highest: \(text)", shares: shares,
          edges: (0...bins).map { "\($0 * 100 / bins)" }, reference: (1 / Double(bins), "a tenth each: calibrated"))
        chart.width = min(width, 520)
        return chart.svg()
      }
    }
    return .section(
      id: "calibration", "Calibration",
      [
        .paragraph(
          "If forecasts are calibrated, what happens falls as often into each tenth of what was thought possible. A hump in the middle means ranges that are too wide, high ends ranges that are too narrow, a slope forecasts that are too low or too high. (Histogram of the probability integral transform, of counts the non-randomised one.)"
        )
      ] + figures)
  }

  /// A histogram in words.
  static func shape(_ shares: [Double]) -> String {
    guard shares.count > 1, shares.allSatisfy({ $0.isFinite }), let last = shares.last else { return "nothing to show" }
    let bins = Double(shares.count)
    if shares.allSatisfy({ ($0 * bins - 1).magnitude < 0.15 }) { return "close to flat, as it should be" }
    let middle = shares.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset) + 0.5) / bins }
    if middle < 0.47 { return "what happened was often lower than forecast" }
    if middle > 0.53 { return "what happened was often higher than forecast" }
    let ends = (shares[0] + last) / 2 * bins
    return ends > 1.1 ? "ranges are too narrow" : ends < 0.9 ? "ranges are too wide" : "uneven"
  }

  private func horizon() -> Markup {
    guard report.horizon > 1 else { return .empty }
    let steps = (1...report.horizon).map(String.init)
    let lines = report.models.prefix(ScoreLines.mostLines).map { result in
      var values = [Double](repeating: .nan, count: report.horizon)
      for group in result.byStep where values.indices.contains(group.group - 1) {
        values[group.group - 1] = group.scores.mase
      }
      return ScoreLines.Line(label: result.model.rawValue, values: values)
    }
    let noun = periods.frequency.noun
    let ends = lines.first.map { ($0.values.first ?? .nan, $0.values.last ?? .nan) } ?? (.nan, .nan)
    let finding =
      "The error of \(lines.first?.label ?? "the model") is \(score(ends.0)) one \(noun) ahead and \(score(ends.1)) \(periods.count(report.horizon)) ahead"
    return .section(
      id: "horizon", "By \(noun)s ahead",
      [
        Figure(id: "horizon-figure", title: finding, subtitle: "Mean absolute scaled error by \(noun)s ahead").markup {
          width, suffix in
          var chart = ScoreLines(
            id: "horizon-chart\(suffix)", title: finding, description: finding, lines: lines, positions: steps,
            axis: "\(noun)s ahead")
          chart.width = width
          return chart.svg()
        },
        .details(
          "Numbers behind this chart",
          [
            table(
              "horizon-table", "Scores by \(noun)s ahead",
              report.models.flatMap { r in r.byStep.map { ("\($0.group)", r.model.rawValue, $0.scores) } },
              group: Wording.sentence("\(noun)s ahead"))
          ]),
      ])
  }

  private func bands() -> Markup {
    let bands = Set(report.models.flatMap { $0.byBand.map(\.group) }).sorted()
    guard !bands.isEmpty else { return .empty }
    let lines = report.models.prefix(ScoreLines.mostLines).map { result in
      ScoreLines.Line(
        label: result.model.rawValue,
        values: bands.map { band in result.byBand.first { $0.group == band }?.scores.owa ?? .nan })
    }
    let noun = periods.frequency.noun
    let best = bands.indices.filter { lines.first?.values[$0].isFinite ?? false }.min {
      (lines.first?.values[$0] ?? 0) < (lines.first?.values[$1] ?? 0)
    }
    let finding =
      best.map {
        "\(lines.first?.label ?? "") gains most over the reference forecast on series of \(bands[$0].label) events a \(noun)"
      } ?? "No score by size can be given"
    return .section(
      id: "bands", "By size of the counts",
      [
        Figure(
          id: "bands-figure", title: finding,
          subtitle: "Overall weighted average (OWA): 1 is the reference forecast of the M competitions, lower is better"
        ).markup { width, suffix in
          var chart = ScoreLines(
            id: "bands-chart\(suffix)", title: finding, description: finding, lines: lines,
            positions: bands.map { "\(Int(CountBand.bounds[$0.index]))+" }, axis: "events a \(noun), from")
          chart.width = width
          return chart.svg()
        },
        .details(
          "Numbers behind this chart",
          [
            table(
              "bands-table", "Scores by recorded events a \(noun)",
              report.models.flatMap { r in r.byBand.map { ($0.group.label, r.model.rawValue, $0.scores) } },
              group: "Events a \(noun)")
          ]),
      ])
  }

  private func measures() -> Markup {
    guard report.models.contains(where: { $0.byMeasure.count > 1 }) else { return .empty }
    return .section(
      id: "measures", "By measure",
      [
        table(
          "measures-table", "Scores by measure, \(report.models.first?.model.rawValue ?? "")",
          report.models.prefix(1).flatMap { r in r.byMeasure.map { ($0.group, r.model.rawValue, $0.scores) } },
          group: "Measure")
      ])
  }

  private func origins() -> Markup {
    guard report.origins.count > 1 else { return .empty }
    return .section(
      id: "origins", "By origin",
      [
        table(
          "origins-table", "Scores by the \(periods.frequency.noun) at whose end forecasts were made",
          report.models.flatMap { r in r.byOrigin.map { (periods.label($0.group), r.model.rawValue, $0.scores) } },
          group: "Made at the end of")
      ])
  }

  /// Which models' CRPS, log score and histogram are of the distribution itself.
  private func densitySources() -> String {
    let sources = report.models.map { result in
      let share = Double(result.overall.exactDensities) / Double(max(1, result.overall.observations))
      let name = result.model.rawValue
      return share == 0 ? "none of \(name)" : share == 1 ? "all of \(name)" : "\(Wording.percent(share)) of \(name)"
    }
    let quantiles = PredictiveQuantiles.standardLevels.count * 2 + 1
    return
      "CRPS, log score and calibration are taken from the forecast distribution itself where a model knows it (of the values: \(sources.joined(separator: ", "))), else read off \(quantiles) quantiles of it, which is approximate: log scores of the two kinds compare to about 0.01."
  }

  private func method() -> Markup {
    let items =
      BacktestSummary.skipped(report, periods) + BacktestSummary.left(report) + [
        "Every forecast is made anew from what was known at its origin: no later value and no later break of recording, and what models share between places is learnt again.",
        "MASE and RMSSE are errors in units of the error of repeating the same season within the history. OWA compares sMAPE and MASE with those of the M competitions' reference forecast (naive2): under 1 is better than it.",
        "MSIS is the width of a range plus a fine for what falls outside it; scaled pinball and CRPS judge the whole distribution: lower is better.",
        "The log score of counts is minus the logarithm of the probability given to what happened. None is taken as less than one in a million million.",
        densitySources(),
        "Missing values are left out; they are not zero. Means are over series, so that every series counts alike.",
      ]
    return .section(id: "method", "How this was measured", [.list(items.map { Markup(text: $0) })])
  }
}
