import ExceptionDetection
import Foundation
import TimeSeries

/// Rows that hold more than a table can: an explanation with its parts.
public struct Records: Sendable {
  private let rows: [any Encodable & Sendable]

  /// One record a judged period, with the columns of ``Table/exceptions(_:style:explain:)``.
  public static func exceptions(
    _ evidence: [Evidence], isException: ((Evidence) -> Bool)? = nil, style: PeriodStyle
  ) -> Records {
    Records(rows: evidence.map { ExceptionRecord($0, isException: isException?($0), style: style) })
  }

  /// One record a story, with the evidence of the verdicts that opened it and that are its latest.
  public static func stories(_ stories: [Story], style: PeriodStyle, evidence: (PeriodTest, Double?) -> Evidence)
    -> Records
  {
    Records(rows: stories.map { StoryRecord($0, style: style, evidence: evidence) })
  }

  /// The records as one JSON array, or one to a line.
  public func rendered(lines: Bool) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if lines { return try rows.flatMap { Array(try encoder.encode($0)) + [10] } }
    encoder.outputFormatting.insert(.prettyPrinted)
    return Array(try encoder.encode(rows.map(Row.init))) + [10]
  }

  private struct Row: Encodable {
    let value: any Encodable & Sendable
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }
}

private struct ExceptionRecord: Encodable, Sendable {
  let uniqueId: String
  let ds: String
  let observed: Double?
  let expected: Double?
  let lower: Double?
  let upper: Double?
  let pValue: Double?
  let qValue: Double?
  let kind: String
  let flagged: Int
  let fdr: Double?
  let exception: Int?
  let explanation: ExplanationRecord

  init(_ evidence: Evidence, isException: Bool?, style: PeriodStyle) {
    let test = evidence.test
    uniqueId = test.key.uniqueID
    ds = style.format(test.period)
    observed = test.observed
    expected = known(test.expected)
    lower = known(test.lower)
    upper = known(test.upper)
    pValue = known(test.pValue)
    qValue = known(test.qValue)
    kind = test.kind.rawValue
    flagged = test.flagged ? 1 : 0
    fdr = known(evidence.rate)
    exception = isException.map { $0 ? 1 : 0 }
    explanation = ExplanationRecord(evidence, explanation: test.explanationParts, style: style)
  }
}

private struct StoryRecord: Encodable, Sendable {
  struct Contribution: Encodable {
    let area: String
    let observed: Double
    let expected: Double
    let excess: Double
  }

  struct Within: Encodable {
    let uniqueId: String
    let onset: String
    let opened: String
    let last: String
  }

  let uniqueId: String
  let onset: String
  let opened: String
  let last: String
  let closed: String?
  let state: String
  let direction: String
  let shape: String
  let periods: Int
  let flags: Int
  let observed: Double
  let expected: Double
  let excess: Double
  let excessPercent: Double?
  let pValue: Double?
  let qValue: Double?
  let fdr: Double?
  let contributions: [Contribution]
  let within: [Within]
  let sentences: [String]
  let explanation: ExplanationRecord
  let latest: ExplanationRecord

  init(_ story: Story, style: PeriodStyle, evidence: (PeriodTest, Double?) -> Evidence) {
    let lead = story.lead
    uniqueId = lead.key.uniqueID
    onset = style.format(lead.onset)
    opened = style.format(lead.opened)
    last = style.format(lead.last)
    closed = lead.closed.map(style.format)
    state = lead.state.rawValue
    direction = lead.isHigher ? "higher" : "lower"
    shape = lead.shape.rawValue
    periods = lead.periods
    flags = lead.flags
    observed = lead.observed
    expected = significant(lead.expected)
    excess = significant(lead.excess)
    excessPercent = known(lead.excessPercent)
    pValue = known(lead.isHigher ? lead.opening.pValue : lead.opening.pLow)
    qValue = known(lead.isHigher ? lead.opening.qValue : lead.opening.qLow)
    fdr = known(lead.openingQ)
    contributions = story.contributions.map {
      Contribution(
        area: $0.area, observed: $0.observed, expected: significant($0.expected), excess: significant($0.excess))
    }
    within = story.within.map {
      Within(
        uniqueId: $0.key.uniqueID, onset: style.format($0.onset), opened: style.format($0.opened),
        last: style.format($0.last))
    }
    sentences = [story.explanation.expectation, story.explanation.reason]
    func record(_ test: PeriodTest, _ rate: Double?) -> ExplanationRecord {
      ExplanationRecord(evidence(test, rate), explanation: test.explanationParts, style: style)
    }
    explanation = record(lead.opening, lead.openingQ)
    latest = record(lead.latest, nil)
  }
}
