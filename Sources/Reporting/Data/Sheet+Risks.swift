import CommunitySafety
import RiskRanking
import Tables
import TimeSeries

extension Table where Row == RiskRow {
  /// The ranking with its evidence.
  static var risks: Table {
    Table(
      "risks", title: "Risks",
      "One row a measure and place at every level of geography, ranked by the change for the worse that the next year may bring, with the evidence."
    ) {
      Column(
        "rank", .integer,
        "Rank, from 1, among the risks of the same level, types with types and groups with groups, each kind of measure by itself; blank where it is not ranked."
      ) { $0.risk.rank }
      Column("area", .text, "Name of the area.") { $0.risk.area.name }
      Column("measure", .text, "The measure or group of measures.") { $0.risk.label }
      Column("score", .number, unit: CommonColumns.levelUnit, "What the ranking sorts by.") { $0.risk.score?.total }
      Column(
        "probability", .probability,
        "Probability that the next 12 months exceed the last 12 by 10 % or more; of a share or value, by its own material rise."
      ) { $0.outlook?.probabilityOfRise }
      Column("expected_change", .number, unit: CommonColumns.levelUnit, "next_12_mean less last_12.") {
        $0.outlook?.expectedChange
      }
      Column("harm", .number, unit: "weight per offence", "Harm weight per offence; blank where the set has none.") {
        $0.risk.harmPerOffence
      }
      Column.confidence
      Column("level", .choice(AreaLevel.self), "Level of geography of the area.") { $0.risk.area.level }
      Column("kind", .choice(["measure", "group"]), "Whether it is one measure or a group of them.") {
        $0.risk.isGroup ? "group" : "measure"
      }
      Column.recommendation
      Column(
        "probability_of_fall", .probability,
        "Probability that the next 12 months are 10 % or more below the last 12; of a share or value, by its own material fall."
      ) { $0.outlook?.probabilityOfFall }
      outlook
      past
      Column.exceptions
      Column.harmRank
      Column("model", .text, "What made the forecast.") { $0.outlook?.model }
      Column("priority", .text, "Current local priority the row gives evidence on.") { $0.risk.priority?.name }
      Column("confidence_reasons", .text, "Why the confidence is what it is.") {
        $0.words.confidenceReasons.joined(separator: "; ")
      }
      Column("caveats", .text, "Doubts about the row, as sentences.") { $0.words.doubts.joined(separator: " ") }
      Column.event
      Column(
        "recorded_last_12_numerator", .number, unit: "records",
        "Of a share: the numerator of recorded_last_12, such as crimes detected."
      ) { $0.risk.past.lastYearRatio?.numerator }
      Column(
        "recorded_last_12_denominator", .number, unit: "records",
        "Of a share: its denominator, such as crimes recorded."
      ) { $0.risk.past.lastYearRatio?.denominator }
      widest
      comparable
      growth
      exceeding
    }
  }

  private static var outlook: [Column<Row>] {
    [
      Column(
        "last_12", .number, unit: CommonColumns.levelUnit,
        "The last 12 months over the matched periods, brought to today's recording level. That is estimated for each series, so that parts need not add up to their total."
      ) { $0.outlook?.lastYear },
      Column(
        "next_12_mean", .number, unit: CommonColumns.levelUnit, "Mean of the next 12 months over the same periods."
      ) { $0.outlook?.mean },
      Column("next_12_median", .number, unit: CommonColumns.levelUnit, "Their median.") { $0.outlook?.median },
      Column("next_12_lo-80", .number, unit: CommonColumns.levelUnit, "Lower end of their central 80 % interval.") {
        $0.outlook?.lower80
      },
      Column("next_12_hi-80", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { $0.outlook?.upper80 },
      Column.matchedPeriods,
    ]
  }

  /// The wide interval, and how far the row is one bet with others.
  private static var widest: [Column<Row>] {
    [
      Column("next_12_lo-95", .number, unit: CommonColumns.levelUnit, "Lower end of the central 95 % interval.") {
        $0.outlook?.lower95
      },
      Column("next_12_hi-95", .number, unit: CommonColumns.levelUnit, "Upper end of it.") { $0.outlook?.upper95 },
      Column(
        "shared_loading", .number,
        "Correlation of the next 12 months with what moves the measure in all its areas: of two areas it is the product of theirs. 0 where nothing is shared."
      ) { $0.outlook?.sharedLoading },
    ]
  }

  /// The last year beside the year before, as a ratio with its interval.
  private static var growth: [Column<Row>] {
    [
      Column(
        "growth_ratio", .number,
        "The last year's count over the year before's, like for like; blank of shares and values, and where they cannot be compared."
      ) { $0.risk.evidence.growth?.ratio },
      Column("growth_lo-95", .number, "Lower end of the central 95 % interval of the ratio of the rates behind them.") {
        $0.risk.evidence.growth?.lower95
      },
      Column("growth_hi-95", .number, "Upper end of it.") { $0.risk.evidence.growth?.upper95 },
      Column("growth_p_value", .probability, "Chance of so large a difference if nothing but recording had changed.") {
        $0.risk.evidence.growth?.probability
      },
      Column(
        "share_of_periods", .probability, "Share of the observed periods of the last year in which any was counted."
      ) { $0.risk.evidence.shareOfPeriods },
    ]
  }

  /// Chances of more than last year, a target, a threshold.
  private static var exceeding: [Column<Row>] {
    [
      Column(
        "probability_above_last_12", .probability,
        "Probability that the next 12 months exceed the last 12 at all; blank where the base is too small to say."
      ) { $0.chanceAboveLastYear },
      Column("target", .number, unit: CommonColumns.levelUnit, "The target that the file of measures sets.") {
        $0.risk.measure.target?.value
      },
      Column("probability_above_target", .probability, "Probability that they exceed it.") {
        row in row.risk.measure.target.flatMap { row.risk.probability(ofYearAbove: $0.value) }
      },
      Column("threshold", .number, unit: CommonColumns.levelUnit, "The threshold that the file of measures sets.") {
        $0.risk.measure.threshold
      },
      Column("probability_above_threshold", .probability, "Probability that they exceed it.") {
        row in row.risk.measure.threshold.flatMap { row.risk.probability(ofYearAbove: $0) }
      },
    ]
  }

  /// What pages compare: earlier years over the periods that both have, like for like, and what was usual before last year.
  private static var comparable: [Column<Row>] {
    func year(_ back: Int, _ name: String) -> [Column<Row>] {
      [
        Column(
          "\(name)_matched_periods", .integer, unit: "periods",
          "Calendar periods that the last year and this earlier one both have; blank where that is less than half a year."
        ) { $0.risk.past.year(back)?.periods },
        Column(
          "\(name)_change", .number, unit: CommonColumns.levelUnit,
          "The last year less this one over those, as recorded."
        ) { $0.risk.past.year(back)?.recorded.change },
        Column(
          "\(name)_change_like_for_like", .number, unit: CommonColumns.levelUnit,
          "The same at today's level of recording; blank where it is not known how much recording changed."
        ) { $0.risk.past.year(back)?.comparable?.change },
      ]
    }
    return year(1, "year_before") + year(2, "two_years_before") + [
      Column(
        "usual_level", .number, unit: CommonColumns.levelUnit,
        "What was usual before a last year that was not, over the periods that both have; blank where last year was as usual as any."
      ) { $0.risk.evidence.usual?.level },
      Column("usual_years", .text, "The years that were usual.") { row in
        row.risk.evidence.usual.map { row.words.periods.range($0.from, $0.through) }
      },
    ]
  }

  private static var past: [Column<Row>] {
    [
      Column.recordedLastYear,
      Column(
        "recorded_year_before", .number, unit: CommonColumns.levelUnit,
        "The year before, over the same calendar periods; blank unless it has all of them."
      ) { $0.risk.past.yearBefore },
      Column(
        "recorded_two_years_before", .number, unit: CommonColumns.levelUnit, "Two years before, in the same way."
      ) { $0.risk.past.twoYearsBefore },
    ]
  }
}

extension Sheet {
  /// The ranking, a row per risk: `rank,area,measure,score,probability,expected_change,harm,confidence`, then the
  /// evidence. `probability` is that of a rise of 10 % or more over the next 12 months against the last 12, of a share or
  /// value that of its own material rise; `event` says which event the risk is ranked by and `event_probability` how
  /// probable it is. `expected_change` and `score` are in the measure's unit a year; `harm` is the weight per offence,
  /// blank if there is none.
  public static func risks(_ risks: [Risk], frequency: Frequency) -> Sheet {
    Sheet(.risks) { add in for risk in risks { try add(RiskRow(risk, frequency: frequency)) } }
  }
}
