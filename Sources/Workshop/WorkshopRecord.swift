import CommunitySafety
import Diagnostics
import Foundation
import Tables

/// Who gives scores.
public struct Scorer: Codable, Sendable, Hashable, Comparable {
  /// As it was written.
  public let name: String
  /// For whom; may be empty.
  public let organisation: String

  /// A person.
  public init(name: String, organisation: String) { (self.name, self.organisation) = (name, organisation) }

  /// "A. Baker (Council)".
  public var text: String { organisation.isEmpty ? name : "\(name) (\(organisation))" }

  /// The same person however the name is spelled in capitals.
  public var key: String { "\(name.lowercased())|\(organisation.lowercased())" }

  /// By name, the same on every machine.
  public static func < (a: Scorer, b: Scorer) -> Bool {
    (a.key, a.text).0 != (b.key, b.text).0
      ? a.key.unicodeScalars.lexicographicallyPrecedes(b.key.unicodeScalars)
      : a.text.unicodeScalars.lexicographicallyPrecedes(b.text.unicodeScalars)
  }
}

/// Where in a form something was written.
public struct FormPlace: Codable, Sendable, Hashable {
  /// The file, without its folders.
  public let file: String
  /// Its sheet.
  public let sheet: String
  /// Its row, from 1.
  public let row: Int

  /// A place in a form.
  public init(file: String, sheet: String, row: Int) { (self.file, self.sheet, self.row) = (file, sheet, row) }
}

/// What one person says of one problem.
public struct Opinion: Codable, Sendable, Hashable {
  /// Who wrote it.
  public internal(set) var scorer: Scorer
  /// The problem's ``PackEvidence/Problem/code``.
  public let code: String
  /// Steps of the ladder by ``HarmScale/Dimension``; of what was left blank there is none.
  public internal(set) var scores: [String: Int]
  /// Whether partners could do something about it, 1 to 4; nil where it was left blank.
  public internal(set) var capacity: Int?
  /// Why; nil where none was given.
  public internal(set) var reason: String?
  /// Where it was written.
  public internal(set) var place: FormPlace

  /// What a person wrote of a problem.
  public init(
    scorer: Scorer, code: String, scores: [String: Int], capacity: Int?, reason: String?, place: FormPlace
  ) {
    (self.scorer, self.code, self.scores) = (scorer, code, scores)
    (self.capacity, self.reason, self.place) = (capacity, reason, place)
  }

  /// Takes out what an earlier version of the same opinion said.
  fileprivate mutating func forget(_ earlier: [Opinion]) {
    for version in earlier {
      scores = scores.filter { version.scores[$0.key] != $0.value }
      if capacity == version.capacity { capacity = nil }
    }
    func parts(_ text: String?) -> [String] { text?.components(separatedBy: " / ") ?? [] }
    let said = Set(earlier.flatMap { parts($0.reason) })
    let rest = parts(reason).filter { !said.contains($0) }
    reason = rest.isEmpty ? nil : rest.joined(separator: " / ")
  }

  /// Whether nothing is said.
  public var isBlank: Bool { scores.isEmpty && capacity == nil && reason == nil }

  /// The score of a dimension; nil where it was left blank.
  public func score(_ dimension: HarmScale.Dimension) -> Int? { scores[dimension.rawValue] }

  /// Whether it scores any harm.
  public var hasScore: Bool { !scores.isEmpty }

  /// The mean over the dimensions that were scored; nil without one.
  public var impact: Double? {
    scores.isEmpty ? nil : Double(scores.values.reduce(0, +)) / Double(scores.count)
  }
}

/// A risk that no series shows, brought by a person.
public struct BroughtRisk: Codable, Sendable, Hashable {
  /// Who wrote it.
  public internal(set) var scorer: Scorer
  /// A place of the pack; empty for all of them.
  public let area: String
  /// The risk in a few words.
  public let title: String
  /// Where it comes from.
  public let tag: Signal.Tag?
  /// How far off it is.
  public let horizon: Signal.Horizon?
  /// In the words of the yardstick.
  public let likelihood: ProbabilityYardstick?
  /// On the ladder of harm.
  public let impact: Int?
  /// What it rests on.
  public let basis: String?
  /// Where it was written.
  public let place: FormPlace

  /// A risk as it was written.
  public init(
    scorer: Scorer, area: String, title: String, tag: Signal.Tag?, horizon: Signal.Horizon?,
    likelihood: ProbabilityYardstick?, impact: Int?, basis: String?, place: FormPlace
  ) {
    (self.scorer, self.area, self.title, self.tag, self.horizon) = (scorer, area, title, tag, horizon)
    (self.likelihood, self.impact, self.basis, self.place) = (likelihood, impact, basis, place)
  }

  /// Whether another says the same, wherever it was written.
  fileprivate func saysTheSame(as other: BroughtRisk) -> Bool {
    (tag, horizon, basis) == (other.tag, other.horizon, other.basis)
      && (likelihood, impact) == (other.likelihood, other.impact)
  }

  /// What makes it the same risk as another's: place and title, however they are spelled in capitals.
  var key: String { "\(area.lowercased())|\(title.lowercased())" }
}

/// A priority that the room decided on.
public struct Decision: Codable, Sendable, Hashable {
  /// A place of the pack; empty for all of them.
  public let area: String
  /// As it was written.
  public let name: String
  /// The problem that speaks to it, by the name people see.
  public let measure: String?
  /// Who answers for it.
  public let owner: String?
  /// What will be done.
  public let response: String?
  /// `YYYY-MM-DD`.
  public let review: String?
  /// Who disagreed, and why.
  public let dissent: String?
  /// Where it was written.
  public let place: FormPlace

  var key: String { "\(area.lowercased())|\(name.lowercased())" }
}

/// Everything that people of a workshop wrote, each with who and where. Kept in a pack as it was written.
public struct WorkshopRecord: Codable, Sendable, Hashable {
  /// Of the form of this document.
  public let schema: Int
  /// By problem, then by person.
  public private(set) var opinions: [Opinion] = []
  /// By risk, then by person.
  public private(set) var brought: [BroughtRisk] = []
  /// By place, the most important first.
  public private(set) var decisions: [Decision] = []

  /// A record in which nothing was written.
  public init() { schema = 1 }

  /// Its file in a pack.
  public static let path = "workshop/record.json"

  /// Everybody who wrote something, in order.
  public var scorers: [Scorer] {
    Set(opinions.map(\.scorer) + brought.map(\.scorer)).sorted()
  }

  /// Whether nothing was written.
  public var isEmpty: Bool { opinions.isEmpty && brought.isEmpty && decisions.isEmpty }

  /// The document: the same whatever the order the forms were read in.
  public func encoded() throws -> [UInt8] { try CanonicalJSON.document(self) }

  /// The record in a pack's folder; an empty one where it has none.
  ///
  /// - Throws: ``HorizonError`` (data) for one that cannot be read.
  public static func read(pack folder: String) throws -> WorkshopRecord {
    let file = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(path)
    guard let bytes = FileManager.default.contents(atPath: file.path) else { return WorkshopRecord() }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let record = try? decoder.decode(WorkshopRecord.self, from: bytes), record.schema == 1 else {
      throw HorizonError(
        .data, "the record of the workshop cannot be read", at: .init(file: file.path),
        remedy: "Take the pack as horizon sia made it, and import every form again")
    }
    return record
  }

  /// Adds what a form holds. What one person wrote of one problem in two forms is put together where it does not contradict itself; the
  /// same form twice changes nothing. What a form says was written earlier gives way to its latest.
  ///
  /// - Returns: the contradictions, with the place of the second; empty where there are none.
  public mutating func add(_ form: FilledForm) -> [HorizonError] {
    var found: [HorizonError] = []
    func key(_ opinion: Opinion) -> String { "\(opinion.scorer.key)|\(opinion.code)" }
    var known = Dictionary(
      opinions.enumerated().map { (key($1), $0) }, uniquingKeysWith: { first, _ in first })
    let earlier = Dictionary(grouping: form.earlier, by: key)
    for opinion in form.opinions {
      let key = key(opinion)
      guard let index = known[key] else {
        known[key] = opinions.count
        opinions.append(opinion)
        continue
      }
      if let versions = earlier[key] {
        opinions[index].forget(versions)
        if opinions[index].place.file == opinion.place.file { opinions[index].place = opinion.place }
      }
      found += WorkshopRecord.merge(opinion, into: &opinions[index])
    }
    opinions.removeAll(where: \.isBlank)
    brought.removeAll { risk in
      form.earlierRisks.contains {
        $0.scorer.key == risk.scorer.key && $0.key == risk.key && $0.saysTheSame(as: risk)
      }
    }
    for risk in form.brought {
      if let other = brought.first(where: { $0.scorer.key == risk.scorer.key && $0.key == risk.key }) {
        if !other.saysTheSame(as: risk) {
          found.append(
            WorkshopRecord.contradiction(
              "\(risk.scorer.text) brings \u{201C}\(risk.title)\u{201D} twice, differently", risk.place, other.place))
        }
      } else {
        brought.append(risk)
      }
    }
    for decision in form.decisions {
      if let other = decisions.first(where: { $0.key == decision.key }) {
        if (other.measure, other.owner, other.response) != (decision.measure, decision.owner, decision.response)
          || (other.review, other.dissent) != (decision.review, decision.dissent)
        {
          found.append(
            WorkshopRecord.contradiction(
              "the priority \u{201C}\(decision.name)\u{201D} was decided twice, differently", decision.place,
              other.place))
        }
      } else {
        decisions.append(decision)
      }
    }
    nameAlike()
    sort()
    return found
  }

  private static func merge(_ opinion: Opinion, into known: inout Opinion) -> [HorizonError] {
    var found: [HorizonError] = []
    known.scorer = min(known.scorer, opinion.scorer)
    for (dimension, score) in opinion.scores.sorted(by: { $0.key < $1.key }) {
      if let other = known.scores[dimension], other != score {
        found.append(
          contradiction(
            "\(opinion.scorer.text) scores \(opinion.code) \(other) and \(score) (\(dimension))", opinion.place,
            known.place))
      } else {
        known.scores[dimension] = score
      }
    }
    if let capacity = opinion.capacity {
      if let other = known.capacity, other != capacity {
        found.append(
          contradiction(
            "\(opinion.scorer.text) scores the capacity for \(opinion.code) \(other) and \(capacity)", opinion.place,
            known.place))
      } else {
        known.capacity = capacity
      }
    }
    if let reason = opinion.reason {
      if let other = known.reason, other != reason {
        // Nothing that was written is lost, whichever form is read first.
        let both = Set(other.components(separatedBy: " / ") + reason.components(separatedBy: " / "))
        known.reason = both.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
          .joined(separator: " / ")
      } else {
        known.reason = reason
      }
    }
    return found
  }

  private static func contradiction(_ what: String, _ place: FormPlace, _ other: FormPlace) -> HorizonError {
    var location = HorizonError.Location(file: place.file, line: place.row)
    location.sheet = place.sheet
    return HorizonError(
      .data, "\(what); the other is in \(other.file), sheet \"\(other.sheet)\", row \(other.row)", at: location,
      remedy: "Keep the one that is meant, or give the second person another name")
  }

  /// One spelling for each person: the first of those that differ in capitals.
  private mutating func nameAlike() {
    let spellings = Dictionary(
      (opinions.map(\.scorer) + brought.map(\.scorer)).map { ($0.key, $0) }, uniquingKeysWith: { min($0, $1) })
    for i in opinions.indices { opinions[i].scorer = spellings[opinions[i].scorer.key] ?? opinions[i].scorer }
    for i in brought.indices { brought[i].scorer = spellings[brought[i].scorer.key] ?? brought[i].scorer }
  }

  private mutating func sort() {
    func precedes(_ a: String, _ b: String) -> Bool { a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars) }
    let order = Dictionary(uniqueKeysWithValues: Set(opinions.map(\.scorer)).sorted().enumerated().map { ($1, $0) })
    opinions.sort {
      $0.code != $1.code ? precedes($0.code, $1.code) : order[$0.scorer, default: 0] < order[$1.scorer, default: 0]
    }
    brought.sort { $0.key != $1.key ? precedes($0.key, $1.key) : $0.scorer < $1.scorer }
    // The order of decisions is their importance: by their row in the form.
    decisions.sort { a, b in
      if a.area != b.area { return precedes(a.area, b.area) }
      if a.place.row != b.place.row { return a.place.row < b.place.row }
      return precedes(a.key, b.key)
    }
  }
}
