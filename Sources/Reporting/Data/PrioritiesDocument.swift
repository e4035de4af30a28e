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
    let event: String
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
    let noun = assessment.data.panel.frequency.noun
    let year = assessment.data.panel.frequency.periodsPerYear
    priorities = assessment.risks(level: assessment.headlineLevel, groups: false).map { risk in
      Entry(
        rank: risk.rank, problem: risk.label, place: risk.area.name, recommendation: risk.recommendation.rawValue,
        event: "recorded in the next \(year) \(noun)s: at least 10 % more than in the last \(year)",
        probability: risk.outlook?.probabilityOfRise,
        term: risk.outlook.map { ProbabilityYardstick(probability: $0.probabilityOfRise).rawValue },
        confidence: risk.confidence.rating.rawValue, confidenceReasons: risk.confidence.reasons,
        recordedLast12: risk.past.lastYear, comparableLast12: risk.outlook?.lastYear,
        matchedPeriods: risk.outlook?.matchedPeriods, forecastMean: risk.outlook.map { significant($0.mean) },
        forecastMedian: risk.outlook?.median, forecastLower80: risk.outlook?.lower80,
        forecastUpper80: risk.outlook?.upper80, expectedChange: risk.outlook.map { significant($0.expectedChange) },
        harmPerOffence: risk.harmPerOffence, harmRank: risk.harmRank, currentPriority: risk.priority,
        exceptions: risk.exceptions.map {
          Exceptional(
            period: style.format($0.period), observed: $0.observed, expected: significant($0.expected),
            kind: $0.kind.rawValue, qValue: significant($0.qValue))
        },
        doubts: risk.caveats, model: risk.outlook?.model)
    }
    cannotSay = assessment.limitations
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Array(try encoder.encode(self)) + [10]
  }
}
