import Assessment
import CommunitySafety
import RiskRanking
import Tables
import TimeSeries

/// `priorities.json`: the priorities of every partnership, with the event, horizon, probability and evidence of each. What
/// `priorities.csv` has too bears the same name and is the same number there.
struct PrioritiesDocument: Encodable {
  struct Exceptional: Encodable {
    let ds: String
    let observed: Double?
    let expected: Double
    let kind: String
    let qValue: Double
  }

  let version: String
  let marking: String
  let title: String?
  let from: String?
  let through: String?
  let extractionDate: String?
  let level: String
  let priorities: [RowObject<RiskRow>]
  let cannotSay: [String]

  init(_ assessment: StrategicAssessment, version: String) {
    let style = assessment.data.panel.style
    let span = assessment.span
    self.version = version
    marking = assessment.configuration.marking
    title = assessment.configuration.title
    from = span.map { style.format($0.lowerBound) }
    through = span.map { style.format($0.upperBound) }
    extractionDate = assessment.configuration.extractionDate
    level = assessment.headlineLevel.rawValue
    let table = PrioritiesDocument.entries(assessment.data.panel)
    let frequency = assessment.data.panel.frequency
    priorities = assessment.risks(level: assessment.headlineLevel, groups: false).map {
      RowObject(table, RiskRow($0, frequency: frequency))
    }
    cannotSay = assessment.limitations.map(\.sentence)
  }

  func encoded() throws -> [UInt8] { try CanonicalJSON.document(self) }

  /// One priority.
  private static func entries(_ panel: Panel) -> Table<RiskRow> {
    let (style, year, noun) = (panel.style, panel.frequency.periodsPerYear, panel.frequency.noun)
    return Table("priorities", title: "Priorities", "One problem of page one's ranking.") {
      Table.priorityFigures
      Table.wideInterval
      Column.event
      Column("event_direction", .choice(["rise", "fall"]), "Which way the event goes.") {
        $0.words.event?.direction.rawValue
      }
      Column("event_horizon", .text, "When it would happen, and against what.") { _ in
        "the next \(year) \(noun)s against the last \(year)"
      }
      Column("event_term", .choice(ProbabilityYardstick.self), "Its probability in the words of the yardstick.") {
        $0.words.eventProbability.map { ProbabilityYardstick(probability: $0) }
      }
      Table.currentPriority
      Table.currentPriorityNote
      Table.stabilityAndScore
      Column("model", .text, "What made the forecast.") { $0.outlook?.model }
      Column.record("confidence_reasons", "Why the confidence is what it is.") { $0.words.confidenceReasons }
      Column.record("doubts", "Doubts about it, as sentences.") { $0.words.doubts }
      Column.record("exceptions", "Exceptions among the latest periods judged, newest first, both ways.") { row in
        row.risk.exceptions.map {
          Exceptional(
            ds: style.format($0.period), observed: $0.observed, expected: significant($0.expected),
            kind: $0.kind.rawValue, qValue: significant($0.qValue))
        }
      }
    }
  }

  /// The document's JSON Schema, draft 2020-12.
  static func schema(_ panel: Panel) -> JSONValue {
    let text: JSONValue = ["type": "string"]
    let optional: JSONValue = ["type": ["string", "null"]]
    let number: JSONValue = ["type": "number"]
    let exceptional: JSONValue = [
      "type": "array", "description": "Exceptions among the latest periods judged, newest first, both ways.",
      "items": [
        "type": "object", "required": ["ds", "expected", "kind", "q_value"], "additionalProperties": false,
        "properties": ["ds": text, "observed": number, "expected": number, "kind": text, "q_value": number],
      ],
    ]
    let entry = JSONSchema.object(
      entries(panel).schema.columns,
      records: [
        "confidence_reasons": JSONSchema.texts("Why the confidence is what it is."),
        "doubts": JSONSchema.texts("Doubts about it, as sentences."), "exceptions": exceptional,
      ])
    return [
      "$schema": .string(JSONSchema.dialect), "title": "Priorities",
      "description": "The priorities of page one with the event, horizon, probability and evidence of each.",
      "type": "object", "additionalProperties": false,
      "required": ["version", "marking", "level", "priorities", "cannot_say"],
      "properties": [
        "version": text, "marking": text, "title": optional, "from": optional, "through": optional,
        "extraction_date": optional, "level": text, "priorities": ["type": "array", "items": entry],
        "cannot_say": JSONSchema.texts("What the data cannot say."),
      ],
    ]
  }
}
