import Assessment
import CommunitySafety
import ControlCharts
import RiskRanking
import Scorecard
import Tables
import TimeSeries

/// The data of a scorecard: its rows and targets as CSV and JSON, with a JSON Schema each.
struct ScorecardData {
  let report: ScorecardReport

  var sheets: [(name: String, sheet: Sheet)] {
    let style = report.assessment.data.panel.style
    var sheets: [(name: String, sheet: Sheet)] = [
      ("scorecard", .scorecard(report, style: style)), ("register", .register(report)),
    ]
    if !report.scorecard.goals.isEmpty {
      sheets.append(("targets", .goals(report.scorecard.goals, style: style)))
    }
    let peers = report.measures.flatMap { report.peers(of: $0) }
    if !peers.isEmpty { sheets.append(("peers", .peers(peers))) }
    return sheets
  }

  func files() throws -> [OutputFile] {
    try sheets.flatMap { name, sheet in
      [
        OutputFile(path: "\(name).csv", contents: try sheet.rendered(as: .csv, guardsFormulas: true)),
        OutputFile(path: "\(name).json", contents: try sheet.rendered(as: .json)),
        OutputFile(
          path: PackData.schemaPath(of: "\(name).csv"),
          contents: try CanonicalJSON.document(JSONSchema.row(sheet.schema))),
      ]
    }
  }
}

/// A row as files have it.
private struct FileRow {
  /// Nil of what is withheld.
  let row: ScorecardRow?
  let area: Area
  let measure: Measure
  var said = ScorecardComments.Said()
  var standing: PeerStanding?
  var withheld: Scorecard.Withholding?
}

extension Table where Row == FileRow {
  fileprivate static func scorecard(_ windows: ScorecardWindows, _ style: PeriodStyle) -> Table {
    func comparison(
      _ name: String, _ words: String, _ part: @escaping @Sendable (ScorecardRow) -> WindowComparison?
    ) -> [Column<FileRow>] {
      [
        Column(
          name, .number, unit: CommonColumns.levelUnit,
          "Level of \(words), as recorded, over the periods that both sides have."
        ) {
          known($0.row.flatMap(part)?.later.recorded)
        },
        Column(
          "\(name)_base", .number, unit: CommonColumns.levelUnit,
          "Level of the earlier side over the same periods, as recorded."
        ) {
          known($0.row.flatMap(part)?.earlier.recorded)
        },
        Column(
          "\(name)_like_for_like", .number, unit: CommonColumns.levelUnit,
          "The later level at today's way of recording; blank where that did not change, or by nobody knows how much."
        ) {
          known($0.row.flatMap(part)?.later.comparable)
        },
        Column("\(name)_base_like_for_like", .number, unit: CommonColumns.levelUnit, "The earlier level likewise.") {
          known($0.row.flatMap(part)?.earlier.comparable)
        },
        Column("\(name)_periods", .integer, unit: "periods", "Periods that both sides have.") {
          $0.row.flatMap(part)?.periods.count
        },
      ]
    }
    return Table(
      "scorecard", title: "Scorecard \(windows.quarter.name)",
      "One row a measure and place: the windows of a quarterly scorecard, the direction of travel and whether it is an exception."
    ) {
      Column("quarter", .text, "The quarter.") { _ in windows.quarter.name }
      Column("complete", .answer, "Whether the data goes to the end of the quarter.") { _ in windows.isComplete }
      Column("through", .period, "The last period used.") { _ in style.format(windows.end) }
      Column("area", .text, "The place.") { $0.area.name }
      Column("level", .choice(AreaLevel.self), "Its level.") { $0.area.level }
      Column("measure", .text, "The measure.") { $0.measure.label }
      Column("measure_kind", .choice(MeasureKind.self), "What kind of number it is.") { $0.measure.kind }
      Column("polarity", .choice(Polarity.self), "Which way is better.") { $0.measure.polarity }
      Column("quarter_level", .number, unit: CommonColumns.levelUnit, "Level of the known part of the quarter.") {
        known($0.row?.quarter?.later.recorded)
      }
      comparison("quarter_on_year", "the known part of the quarter") { $0.quarterOnYear }
      comparison("year_to_date", "the reporting year to date") { $0.yearToDate }
      comparison("last_year", "the last year") { $0.yearOnYear }
      comparison("last_year_skipping", "the last year, beside the nearest unbroken year two or more back") {
        $0.skipping
      }
      Column("skipping_years_back", .integer, unit: "years", "How far back that year lies.") {
        $0.row?.skipping?.yearsBack
      }
      Column("direction", .choice(DirectionOfTravel.Way.self), "Direction of travel.") { $0.row?.direction.way }
      Column("direction_probability", .probability, "Chance of so large a difference if nothing had changed.") {
        known($0.row?.direction.probability)
      }
      Column(
        "direction_rate", .probability, "The smallest false-discovery rate over the scorecard at which it is found."
      ) {
        known($0.row?.rate)
      }
      Column("direction_years_back", .integer, unit: "years", "Years between the two sides of the test.") {
        $0.row?.direction.yearsBack
      }
      Column("not_judged_because", .choice(DirectionOfTravel.Reason.self), "Why there is no direction.") {
        $0.row?.direction.reason
      }
      Column("exceptional_periods", .integer, unit: "periods", "Periods of the quarter that are exceptions.") {
        $0.row?.exceptions.count
      }
      Column(
        "withheld", .choice(Scorecard.Withholding.self), "Why the figures are not published; blank where they are."
      ) {
        $0.withheld
      }
      Column("exception", .flag, "Whether it is on page one.") { $0.row?.isException }
      Column("variation", .choice(SPCVariation.self), "The control chart's latest point.") { $0.row?.chart.variation }
      Column("peer_rank", .integer, "Rank of its rate among its peers; 1 is the lowest.") {
        $0.standing?.rank.rank
      }
      Column("peers", .integer, unit: "places", "Places ranked together, itself one of them.") {
        $0.standing?.rank.peers
      }
      Column(
        "probability_lowest_quarter", .probability,
        "Probability that its rate is in the quarter of the lowest in a further year."
      ) {
        $0.standing?.rank.quartiles[0]
      }
      Column("probability_highest_quarter", .probability, "The same of the highest.") {
        $0.standing?.rank.quartiles[3]
      }
      Column("cause", .text, "Why, in people's words.") { $0.said.cause?.cause }
      Column("action", .text, "What will be done, in people's words.") { $0.said.action?.action }
      Column("comment_quarter", .text, "The quarter these words are of, the later one of two.") {
        $0.said.quarter?.name
      }
      Column("cause_quarter", .text, "The quarter the cause was given for.") { $0.said.cause?.quarter.name }
      Column("cause_by", .text, "Who gave it.") { $0.said.cause?.by }
      Column("action_quarter", .text, "The quarter the action was given for.") { $0.said.action?.quarter.name }
      Column("action_by", .text, "Who gave it.") { $0.said.action?.by }
    }
  }
}

extension Table where Row == GoalResult {
  fileprivate static func goals(_ style: PeriodStyle) -> Table {
    func reading(_ side: MeasureGoal.Side) -> [Column<GoalResult>] {
      let name = side == .atMost ? "at_most" : "at_least"
      return [
        Column(
          "probability_\(name)", .probability,
          "Chance that the level is \(side.rawValue) the threshold; blank where the target does not read so."
        ) { result in
          result.readings.first { $0.side == side }?.probability
        },
        Column(
          "assurance_\(name)", .choice(SPCAssurance.self),
          "Whether single periods at today's level meet their part of it, read so."
        ) { result in
          result.readings.first { $0.side == side }?.assurance
        },
      ]
    }
    return Table(
      "targets", title: "Targets",
      "One row a target: how far it is, what the forecast adds, and the chance of meeting it."
    ) {
      Column("wording", .text, "The target in the words of the plan.") {
        $0.goal.wording.isEmpty ? nil : $0.goal.wording
      }
      Column("measure", .text, "The measure.") { $0.series.measure.label }
      Column("area", .text, "The place.") { $0.series.area.name }
      Column("figure", .choice(MeasureGoal.Figure.self), "What the figure is.") { $0.goal.figure }
      Column("side", .choice(MeasureGoal.Side.self), "Where it is met; ask where the wording leaves it open.") {
        $0.goal.side
      }
      Column("value", .number, "The figure as it was set.") { known($0.goal.value) }
      Column("from", .period, "First period of its stretch.") { style.format($0.periods.lowerBound) }
      Column("through", .period, "Last period of it.") { style.format($0.periods.upperBound) }
      Column("known_periods", .integer, unit: "periods", "Periods of it that are recorded.") { $0.knownPeriods }
      Column("remaining_periods", .integer, unit: "periods", "Periods of it that are to come.") { $0.remainingPeriods }
      Column("base", .number, unit: CommonColumns.levelUnit, "What a change is measured from.") { known($0.base) }
      Column("threshold", .number, unit: CommonColumns.levelUnit, "The figure in the measure's own unit.") {
        known($0.threshold)
      }
      Column("recorded", .number, unit: CommonColumns.levelUnit, "What is recorded of the stretch.") { known($0.known) }
      Column(
        "forecast_mean", .number, unit: CommonColumns.levelUnit, "Mean of the whole stretch: recorded and foreseen."
      ) { known($0.mean) }
      Column("forecast_median", .number, unit: CommonColumns.levelUnit, "Median of it.") { known($0.median) }
      Column("lo-80", .number, unit: CommonColumns.levelUnit, "Lower end of its central 80 % interval.") {
        known($0.lower)
      }
      Column("hi-80", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { known($0.upper) }
      Column("run_rate", .number, unit: "counts a period", "Of a count, the average of the recorded periods.") {
        known($0.runRate)
      }
      Column(
        "needed_rate", .number, unit: "counts a period",
        "Of a count, the average of those to come with which the target is just met."
      ) { known($0.neededRate) }
      Column(
        "assumed_wholes", .integer, unit: "periods",
        "Of a share, the periods to come that weigh as an average one, since the same period of the year before is not known."
      ) { $0.assumedWholes.count }
      reading(.atMost)
      reading(.atLeast)
      Column("peers", .text, "Of a rank or quartile whom it is among; levels are ranks then, 1 the lowest rate.") {
        $0.standing?.peers.name
      }
      Column("places_ranked", .integer, unit: "places", "How many places are ranked, itself one of them.") {
        $0.standing?.places
      }
    }
  }
}

/// A measure of the register.
private struct RegisteredMeasure {
  let measure: Measure
  let hasData: Bool
}

extension Table where Row == RegisteredMeasure {
  fileprivate static func register() -> Table {
    Table("register", title: "Register of measures", "One row a measure of success, those without data too.") {
      Column("measure", .text, "The measure.") { $0.measure.label }
      Column("has_data", .answer, "Whether this scorecard has figures of it.") { $0.hasData }
      Column("status", .text, "Whom to ask where there are none.") { row in
        row.hasData ? "figures" : "no data yet: ask \(row.measure.registration.owner ?? "its owner")"
      }
      Column("owner", .text, "Who has the data and answers for it.") { $0.measure.registration.owner }
      Column("strategy", .text, "The strategy whose success it measures.") { $0.measure.registration.strategy }
      Column("polarity", .choice(Polarity.self), "Which way is better.") { $0.measure.polarity }
      Column("measure_kind", .choice(MeasureKind.self), "What kind of number it is.") { $0.measure.kind }
      Column("unit", .text, "Unit of a value.") { $0.measure.unit }
      Column("denominator", .text, "What it is counted among.") { $0.measure.registration.denominator }
      Column("cadence", .text, "How often new figures come.") { $0.measure.registration.cadence }
      Column("sharing", .choice(SourceRegister.Sharing.self), "Who may see it.") { $0.measure.registration.sharing }
      Column("cannot_say", .text, "What it cannot say.") { $0.measure.registration.cannotSay }
      Column("framework", .text, "Its place in national frameworks.") { $0.measure.registration.framework }
      Column("source", .text, "Entry of the register of sources.") { $0.measure.source }
    }
  }
}

extension Sheet {
  /// The rows of a scorecard.
  static func scorecard(_ report: ScorecardReport, style: PeriodStyle) -> Sheet {
    Sheet(
      .scorecard(report.windows, style),
      rows: report.scorecard.rows.map { row in
        FileRow(
          row: row, area: row.area, measure: row.measure, said: report.said(of: row),
          standing: report.standing(of: row))
      } + report.scorecard.withheld.map { FileRow(row: nil, area: $0.area, measure: $0.measure, withheld: $0.reason) })
  }

  /// The targets of a scorecard.
  static func goals(_ goals: [GoalResult], style: PeriodStyle) -> Sheet { Sheet(.goals(style), rows: goals) }

  /// The register of measures.
  static func register(_ report: ScorecardReport) -> Sheet {
    Sheet(
      .register(),
      rows: report.measures.map { RegisteredMeasure(measure: $0, hasData: true) }
        + report.scorecard.withoutData.map { RegisteredMeasure(measure: $0, hasData: false) })
  }
}
