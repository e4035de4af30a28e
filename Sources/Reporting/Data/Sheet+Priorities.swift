import CommunitySafety
import RiskRanking
import Tables
import TimeSeries

extension Table where Row == RiskRow {
  /// The priorities of page one as a sheet a workshop can fill in.
  static var priorities: Table {
    Table(
      "priorities", title: "Priorities",
      "One row a problem of page one's ranking, with blank columns for a workshop to fill in."
    ) {
      priorityFigures
      Column("confidence_reasons", .text, "Why the confidence is what it is.") {
        $0.words.confidenceReasons.joined(separator: "; ")
      }
      currentPriority
      Column.exceptions
      Column("doubts", .text, "Doubts about the row, as sentences.") { $0.words.doubts.joined(separator: " ") }
      Column("owner", .text, "For the workshop: who owns the problem.") { _ in String?.none }
      Column("response", .text, "For the workshop: what will be done.") { _ in String?.none }
      Column("review_date", .text, "For the workshop: when it will be looked at again.") { _ in String?.none }
      Column.event
      currentPriorityNote
      wideInterval
      stabilityAndScore
    }
  }

  static var currentPriority: Column<Row> {
    Column("current_priority", .text, "Current local priority the row gives evidence on.") { $0.risk.priority?.name }
  }

  /// The wide interval beside that of 80 %.
  static var wideInterval: [Column<Row>] {
    [
      Column("forecast_lo-95", .number, unit: CommonColumns.levelUnit, "Lower end of the central 95 % interval.") {
        $0.outlook?.lower95
      },
      Column("forecast_hi-95", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { $0.outlook?.upper95 },
    ]
  }

  static var currentPriorityNote: Column<Row> {
    Column("current_priority_note", .text, "What the file of priorities notes of it.") { $0.risk.priority?.note }
  }

  /// What `priorities.csv` and `priorities.json` share: the same names, the same numbers.
  static var priorityFigures: [Column<Row>] {
    [
      Column("rank", .integer, "Rank, from 1, each kind of measure by itself; blank where it is not ranked.") {
        $0.risk.rank
      },
      Column("problem", .text, "The measure, by the name people see.") { $0.risk.label },
      Column("place", .text, "Name of the area.") { $0.risk.area.name },
      Column.recommendation,
      Column.recordedLastYear,
    ] + foreseen + [
      Column(
        "harm_per_offence", .number, unit: "weight per offence",
        "Harm weight per offence; blank where the set has none."
      ) { $0.risk.harmPerOffence },
      Column.harmRank,
      Column.confidence,
    ]
  }

  private static var foreseen: [Column<Row>] {
    [
      Column(
        "last_12_comparable", .number, unit: CommonColumns.levelUnit,
        "The last 12 months over the matched periods, brought to today's recording level. That is estimated for each series, so that parts need not add up to their total."
      ) { $0.outlook?.lastYear },
      Column(
        "forecast_12", .number, unit: CommonColumns.levelUnit,
        "Median of the next 12 months over the same periods; parts' do not add up to their total's."
      ) { $0.outlook?.median },
      Column("forecast_lo-80", .number, unit: CommonColumns.levelUnit, "Lower end of the central 80 % interval.") {
        $0.outlook?.lower80
      },
      Column("forecast_hi-80", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { $0.outlook?.upper80 },
      Column(
        "forecast_12_mean", .number, unit: CommonColumns.levelUnit,
        "Mean of the next 12 months, the number the pages show: a whole number of a count, four decimals of a share or value."
      ) { row in row.outlook.map { row.words.rounded($0.mean) } },
      Column.matchedPeriods,
      Column(
        "expected_change", .number, unit: CommonColumns.levelUnit,
        "Mean of the next 12 months less last_12_comparable, rounded likewise."
      ) { row in row.outlook.map { row.words.rounded($0.expectedChange) } },
      Column(
        "chance_of_10pct_rise_percent", .number, unit: "per cent",
        "Probability that the next 12 months exceed the last 12 by 10 % or more; blank for shares and values, and on a base under 30."
      ) { $0.chanceOfTenPercentRise.map { ($0 * 100).rounded() } },
      Column(
        "chance_of_10pct_rise_term", .choice(ProbabilityYardstick.self), "The same in the words of the yardstick."
      ) { $0.chanceOfTenPercentRise.map { ProbabilityYardstick(probability: $0) } },
    ]
  }
}

extension Sheet {
  /// The priorities of page one as a sheet a workshop can fill in: blank columns for owner, response and review date.
  /// `forecast_12_mean` is the number that the pages show; `expected_change` is `forecast_12_mean` less `last_12_comparable`.
  public static func priorities(_ risks: [Risk], frequency: Frequency) -> Sheet {
    Sheet(.priorities) { add in for risk in risks { try add(RiskRow(risk, frequency: frequency)) } }
  }
}
