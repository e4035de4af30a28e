import CommunitySafety
import RiskRanking
import Tables
import TimeSeries

/// A risk with its words: a row of `risks.csv`, of `priorities.csv` and of `priorities.json`.
struct RiskRow: Sendable {
  let risk: Risk
  let words: RiskWords

  init(_ risk: Risk, frequency: Frequency) {
    self.risk = risk
    words = RiskWords(risk: risk, periods: PeriodText(frequency: frequency))
  }

  var outlook: Outlook? { risk.outlook }

  /// The chance that next year's level exceeds that of the last, over the periods that both have; nil where the base is too small to say.
  var chanceAboveLastYear: Double? {
    guard !risk.isTooFew, let outlook else { return nil }
    return LevelDistribution(outlook).probability(above: outlook.lastYear)
  }

  /// Ten per cent is a change of a count; shares and values have events of their own, and too small a base has none.
  var chanceOfTenPercentRise: Double? {
    risk.evidence.kind == .count && !risk.isTooFew ? outlook?.probabilityOfRise : nil
  }
}

/// Columns that the three tables of risks share.
extension Column where Row == RiskRow {
  static var matchedPeriods: Column {
    Column(
      "matched_periods", .integer, unit: "periods", "Calendar periods both years have: levels are compared over these."
    ) { $0.outlook?.matchedPeriods }
  }

  static var recordedLastYear: Column {
    Column("recorded_last_12", .number, unit: CommonColumns.levelUnit, "The last 12 months as recorded.") {
      $0.risk.past.lastYear
    }
  }

  static var recommendation: Column {
    Column("recommendation", .choice(Recommendation.self), "Advice for a workshop to argue with.") {
      $0.risk.recommendation
    }
  }

  static var harmRank: Column {
    Column("harm_rank", .integer, "Rank by expected change times harm per offence; blank without a weight.") {
      $0.risk.harmRank
    }
  }

  static var confidence: Column {
    Column("confidence", .choice(Confidence.Rating.self), "How far the evidence carries; not a probability.") {
      $0.risk.confidence.rating
    }
  }

  static var exceptions: Column {
    Column("exceptions", .integer, unit: "periods", "Exceptions among the latest periods judged, both ways.") {
      $0.risk.exceptions.count
    }
  }

  /// What is ranked, and by which event.
  static var event: [Column] {
    [
      Column(
        "measure_kind", .choice(MeasureKind.self), "Whether the measure is a count, a share of a whole or a value."
      ) {
        $0.risk.evidence.kind
      },
      Column("polarity", .choice(Polarity.self), "Which way of the measure is better.") { $0.risk.polarity },
      Column(
        "event", .text,
        "The event of the next 12 months against the last 12 that the row is ranked by; of an unranked row a rise."
      ) { $0.words.eventText },
      Column("event_probability", .probability, "Its probability; blank where the base is too small to say.") {
        $0.words.eventProbability
      },
    ]
  }
}
