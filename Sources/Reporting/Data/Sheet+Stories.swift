import ExceptionDetection
import Tables
import TimeSeries

/// The evidence of a verdict and of the smallest false-discovery rate at which it stands, if that is known.
public typealias EvidenceMaker = @Sendable (PeriodTest, Double?) -> Evidence

extension Table where Row == Story {
  fileprivate static func stories(_ style: PeriodStyle, explains: Bool, evidence: EvidenceMaker?) -> Table {
    Table(
      "episodes", title: "Events",
      "One row an event: consecutive unusual periods of one series in one direction, or of all areas where several share in it."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.lead.key.uniqueID }
      Column("onset", .period, "First period of the stretch that stood out when the event was opened.") {
        style.format($0.lead.onset)
      }
      Column("opened", .period, "Period whose verdict opened it: when a reader is told.") {
        style.format($0.lead.opened)
      }
      Column("last", .period, "Last period that was unusual.") { style.format($0.lead.last) }
      Column("closed", .period, "Period whose verdict ended it or made it the new normal; blank while it is open.") {
        $0.lead.closed.map(style.format)
      }
      Column("state", .choice(Episode.State.self), "Where it stands at the last period judged.") { $0.lead.state }
      Column("direction", .choice(["higher", "lower"]), "Whether figures are higher or lower than expected.") {
        $0.lead.isHigher ? "higher" : "lower"
      }
      Column("shape", .choice(PeriodTest.Kind.self), "What it looks like.") { $0.lead.shape }
      Column("periods", .integer, unit: "periods", "Periods from onset to last.") { $0.lead.periods }
      Column("flags", .integer, unit: "periods", "Periods of it that were flagged.") { $0.lead.flags }
      size
      Column("p_value", .probability, "One-sided probability, in its direction, of the verdict that opened it.") {
        known($0.lead.isHigher ? $0.lead.opening.pValue : $0.lead.opening.pLow)
      }
      Column("q_value", .probability, "The same as a false-discovery rate over the series judged in that period.") {
        known($0.lead.isHigher ? $0.lead.opening.qValue : $0.lead.opening.qLow)
      }
      Column(
        "fdr", .probability,
        "Smallest false-discovery rate over measures and areas at which that verdict is an exception."
      ) { known($0.lead.openingQ) }
      contributions
      told(style, explains: explains, evidence)
    }
  }

  private static var size: [Column<Row>] {
    [
      Column(
        "observed", .number, unit: CommonColumns.measureUnit,
        "Sum of its counts so far, over the periods that were judged; blank for shares and values, which do not add up."
      ) { $0.lead.adds ? $0.lead.observed : nil },
      Column(
        "expected", .number, unit: CommonColumns.measureUnit,
        "What was expected of the same periods, each from before it; of a long episode from before it began."
      ) { $0.lead.adds ? $0.lead.expected : nil },
      Column("excess", .number, unit: CommonColumns.measureUnit, "Observed less expected.") {
        $0.lead.adds ? $0.lead.excess : nil
      },
      Column(
        "excess_percent", .number, unit: "per cent", "Excess in per cent of what was expected; blank if nothing was."
      ) { $0.lead.adds ? $0.lead.excessPercent : nil },
    ]
  }

  private static var contributions: Column<Row> {
    let text = Column<Row>(
      "contributions", .text, "What each area adds to the excess of an event of all areas; blank for one of one area."
    ) { story in
      story.contributions.isEmpty
        ? nil : story.contributions.map { "\($0.area) \(signedTenths($0.excess))" }.joined(separator: "; ")
    }
    return text.inJSON { $0.contributions.map(StoryRecord.Contribution.init) }
  }

  /// The words, and in JSON all that is behind them.
  private static func told(_ style: PeriodStyle, explains: Bool, _ evidence: EvidenceMaker?) -> [Column<Row>] {
    let text = Column<Row>("explanation", .text, "The event in plain sentences.") { $0.explanation.text }
    guard let evidence else { return explains ? [text] : [] }
    let record = { @Sendable (test: PeriodTest, rate: Double?) in
      ExplanationRecord(evidence(test, rate), explanation: test.explanationParts, style: style)
    }
    let opening = { @Sendable (story: Story) -> any Encodable in record(story.lead.opening, story.lead.openingQ) }
    return [
      explains
        ? text.inJSON(opening)
        : .record("explanation", "The verdict that opened it with its evidence.", opening),
      .record("within", "Events of single areas that are told as part of this one.") {
        $0.within.map { StoryRecord.Within($0, style: style) }
      },
      .record("sentences", "The event in plain sentences, one by one.") {
        [$0.explanation.expectation, $0.explanation.reason]
      },
      .record("latest", "The verdict on its last unusual period with its evidence.") { record($0.lead.latest, nil) },
    ]
  }
}

extension Sheet {
  /// One row an event, an area's or, where several areas share in it, all areas'.
  ///
  /// - Parameters:
  ///   - explain: adds an `explanation` column.
  ///   - evidence: adds to JSON the evidence of the verdicts that opened each event and that are its latest.
  public static func stories(
    _ stories: [Story], style: PeriodStyle, explain: Bool = false, evidence: EvidenceMaker? = nil
  ) -> Sheet {
    Sheet(.stories(style, explains: explain, evidence: evidence), rows: stories)
  }
}

extension Story {
  /// Its explanation in plain sentences, under the names of the data.
  public var explanation: Explanation {
    explanation(label: lead.key.measure ?? "The count", area: isWide ? "all areas together" : lead.key.area)
  }
}

extension Episode {
  /// Its excess in per cent of what was expected; nil where nothing was.
  public var excessPercent: Double? { expected > 0 ? 100 * excess / expected : nil }

  /// Whether its figures add up over periods: counts do, shares and values do not.
  fileprivate var adds: Bool { latest.figure == .count }
}

/// "+12.3", "-4".
private func signedTenths(_ x: Double) -> String {
  let tenths = (x * 10).rounded() / 10
  return (tenths >= 0 ? "+" : "") + plainNumber(tenths)
}
