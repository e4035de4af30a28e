import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import TimeSeries

/// `priorities.json`: the priorities of every partnership, with the event, horizon, probability and evidence of each.
struct PrioritiesDocument: Encodable {
  struct Entry: Encodable {
    let rank: Int?
    let problem: String
    let place: String
    let recommendation: String
    let measureKind: String
    let polarity: String
    let event: String?
    let eventDirection: String?
    let probability: Double?
    let term: String?
    let confidence: String
    let confidenceReasons: [String]
    let recordedLast12: Double
    let comparableLast12: Double?
    let matchedPeriods: Int?
    let forecastMean: Double?
    let forecastMedian: Double?
    let forecastLower80: Double?
    let forecastUpper80: Double?
    let expectedChange: Double?
    let harmPerOffence: Double?
    let harmRank: Int?
    let currentPriority: String?
    let currentPriorityNote: String?
    let exceptions: [Exceptional]
    let doubts: [String]
    let model: String?
  }

  struct Exceptional: Encodable {
    let period: String
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
  let priorities: [Entry]
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
    let frequency = assessment.data.panel.frequency
    let noun = frequency.noun
    let year = assessment.data.panel.frequency.periodsPerYear
    priorities = assessment.risks(level: assessment.headlineLevel, groups: false).map { risk in
      let words = RiskWords(risk: risk, periods: PeriodWords(frequency: frequency))
      let probability = words.eventProbability
      return Entry(
        rank: risk.rank, problem: risk.label, place: risk.area.name, recommendation: risk.recommendation.rawValue,
        measureKind: risk.evidence.kind.rawValue, polarity: risk.polarity.rawValue,
        event: words.eventText.map {
          "\(risk.label) over the next \(year) \(noun)s against the last \(year): \($0)"
        },
        eventDirection: words.event?.direction.rawValue, probability: probability,
        term: probability.map { ProbabilityYardstick(probability: $0).rawValue },
        confidence: risk.confidence.rating.rawValue, confidenceReasons: words.confidenceReasons,
        recordedLast12: risk.past.lastYear, comparableLast12: risk.outlook?.lastYear,
        matchedPeriods: risk.outlook?.matchedPeriods, forecastMean: risk.outlook.map { significant($0.mean) },
        forecastMedian: risk.outlook?.median, forecastLower80: risk.outlook?.lower80,
        forecastUpper80: risk.outlook?.upper80, expectedChange: risk.outlook.map { significant($0.expectedChange) },
        harmPerOffence: risk.harmPerOffence, harmRank: risk.harmRank, currentPriority: risk.priority?.name,
        currentPriorityNote: risk.priority?.note,
        exceptions: risk.exceptions.map {
          Exceptional(
            period: style.format($0.period), observed: $0.observed, expected: significant($0.expected),
            kind: $0.kind.rawValue, qValue: significant($0.qValue))
        },
        doubts: words.doubts, model: risk.outlook?.model)
    }
    cannotSay = assessment.limitations.map(\.sentence)
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Array(try encoder.encode(self)) + [10]
  }
}
