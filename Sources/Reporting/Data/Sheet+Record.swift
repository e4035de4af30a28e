import Assessment
import CommunitySafety
import RiskRanking
import Tables
import TimeSeries

/// One order over the origins of a record.
private struct RankingRow {
  let record: RankingRecord
  let result: RankingRecord.Result
}

extension Table where Row == RankingRow {
  fileprivate static func ranking() -> Table {
    func score(
      _ name: String, _ what: String, _ part: @escaping @Sendable (RankingRecord.Scores) -> Double
    ) -> [Column<Row>] {
      [
        Column(name, .number, "\(what), mean over the origins.") { known(part($0.result.mean)) },
        Column("\(name)_lo-90", .number, "Lower end of its central 90 % bootstrap interval over origins.") {
          known(part($0.result.lower))
        },
        Column("\(name)_hi-90", .number, "Upper end of it.") { known(part($0.result.upper)) },
        Column("\(name)_least", .number, "The least at one origin.") {
          known($0.result.byOrigin.map(part).filter(\.isFinite).min())
        },
        Column("\(name)_most", .number, "The most at one origin.") {
          known($0.result.byOrigin.map(part).filter(\.isFinite).max())
        },
      ]
    }
    return Table(
      "ranking-record", title: "Does the ranking work?",
      "One row an order that could have been made at past origins: how much of what rose most in the year after it put first. Ranked are counts with a mean of 5 a period and more at the origin; relevant is the fifth of them that changed most for the worse."
    ) {
      Column("criterion", .choice(RankingRecord.Criterion.self), "What is sorted by.") { $0.result.criterion }
      Column(
        "weights", .choice(["equal", "harm"]), "Whether a change counts once or by the harm weight of its measure."
      ) { $0.record.isHarmWeighted ? "harm" : "equal" }
      Column("origins", .integer, unit: "origins", "Origins ranked at.") { $0.record.origins.count }
      Column("series", .integer, unit: "series", "Series ranked, at all origins together.") { $0.record.rankedSeries }
      score("precision_10", "Share of the first ten that were relevant; chance gives 0.2") { $0.precision10 }
      score("precision_20", "Share of the first twenty that were relevant") { $0.precision20 }
      score("ndcg_50", "Normalised discounted gain of the first fifty, a rise being worth what it added") { $0.gain50 }
      score("spearman", "Rank correlation with the change") { $0.correlation }
    }
  }
}

extension Table where Row == OutlookRecord.Case {
  fileprivate static func outlooks(_ style: PeriodStyle) -> Table {
    Table(
      "outlook-record", title: "Past outlooks and what happened",
      "One row a series and past origin: what would have been said of the year after from what was known then, and what was recorded."
    ) {
      Column("origin", .period, "The last period that was known.") { style.format($0.origin) }
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.key.uniqueID }
      Column("measure_kind", .choice(MeasureKind.self), "What kind of number it is.") { $0.measure.kind }
      Column("last_12", .number, unit: CommonColumns.levelUnit, "Level of the year before, over the matched periods.") {
        known($0.outlook.lastYear)
      }
      Column("next_12_mean", .number, unit: CommonColumns.levelUnit, "Mean of the year after that was forecast.") {
        known($0.outlook.mean)
      }
      Column("next_12_median", .number, unit: CommonColumns.levelUnit, "Its median.") { known($0.outlook.median) }
      Column("next_12_lo-80", .number, unit: CommonColumns.levelUnit, "Lower end of its central 80 % interval.") {
        known($0.outlook.lower80)
      }
      Column("next_12_hi-80", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { known($0.outlook.upper80) }
      Column("next_12_lo-95", .number, unit: CommonColumns.levelUnit, "Lower end of its central 95 % interval.") {
        known($0.outlook.lower95)
      }
      Column("next_12_hi-95", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { known($0.outlook.upper95) }
      Column("matched_periods", .integer, "Periods that both years are compared over.") { $0.outlook.matchedPeriods }
      Column("event_probability", .probability, "Probability that was given to a material change for the worse.") {
        $0.score.probability
      }
      Column("recorded_next_12", .number, unit: CommonColumns.levelUnit, "What was recorded in the year after.") {
        known($0.actual)
      }
      Column("happened", .flag, "Whether that was a material change for the worse.") {
        $0.score.event.happens(at: $0.actual)
      }
    }
  }
}

extension Sheet {
  /// Whether the ranking works: a row an order and set of weights, in the order of the records.
  public static func ranking(_ records: [RankingRecord]) -> Sheet {
    Sheet(.ranking()) { add in
      for record in records { for result in record.results { try add(RankingRow(record: record, result: result)) } }
    }
  }

  /// Past outlooks beside what happened, by origin and then by series in order.
  public static func outlooks(_ record: OutlookRecord, style: PeriodStyle) -> Sheet {
    Sheet(.outlooks(style), rows: record.cases)
  }
}
