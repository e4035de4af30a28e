import CommunitySafety
import Diagnostics
import Foundation
internal import GRDB
import Wording
import Workshop

/// What a person says of a problem, as it was typed.
struct Score: Sendable, Hashable {
  /// Steps of the ladder by dimension; of what was left blank there is none.
  var scores: [HarmScale.Dimension: Int] = [:]
  var capacity: Int?
  var reason: String?

  var isBlank: Bool { scores.isEmpty && capacity == nil && reason == nil }
}

/// A save of a score.
struct SavedScore: Sendable {
  let id: Int64
  let person: Int64
  let problem: String
  /// Seconds since 1970.
  let at: Int
  let score: Score

  fileprivate init(_ row: Row) {
    (id, person, problem, at) = (row["id"], row["person"], row["problem"], row["at"])
    var score = Score()
    for dimension in HarmScale.Dimension.allCases { score.scores[dimension] = row[dimension.rawValue] as Int? }
    (score.capacity, score.reason) = (row["capacity"], row["reason"])
    self.score = score
  }
}

/// A risk that no series shows, as it was typed.
struct TypedRisk: Sendable, Hashable {
  /// Empty for all places.
  var area = ""
  var title = ""
  var tag: Signal.Tag?
  var horizon: Signal.Horizon?
  var likelihood: ProbabilityYardstick?
  var impact: Int?
  var basis: String?
}

/// A save of a risk.
struct SavedRisk: Sendable {
  let id: Int64
  let person: Int64
  let at: Int
  /// Whether it was not taken back.
  let stands: Bool
  let risk: TypedRisk

  fileprivate init(_ row: Row) {
    (id, person, at, stands) = (row["id"], row["person"], row["at"], row["stands"])
    risk = TypedRisk(
      area: row["area"], title: row["title"], tag: (row["tag"] as String?).flatMap(Signal.Tag.init),
      horizon: (row["horizon"] as String?).flatMap(Signal.Horizon.init),
      likelihood: (row["likelihood"] as String?).flatMap(ProbabilityYardstick.init), impact: row["impact"],
      basis: row["basis"])
  }
}

extension WorkshopState {
  /// Saves a score; the same as the latest is not saved again, and neither is a blank one where nothing was.
  ///
  /// - Returns: whether anything was to save.
  func save(_ score: Score, of problem: String, by person: Int64, at now: Int) async throws -> Bool {
    try await write { database in
      let latest = try Row.fetchOne(
        database, sql: "SELECT * FROM score WHERE person = ? AND problem = ? ORDER BY id DESC LIMIT 1",
        arguments: [person, problem]
      ).map(SavedScore.init)
      guard latest?.score ?? Score() != score else { return latest != nil }
      let values = HarmScale.Dimension.allCases.map { score.scores[$0] }
      try database.execute(
        sql: """
          INSERT INTO score (person, problem, at, \(HarmScale.Dimension.allCases.map(\.rawValue).joined(separator: ", ")),
            capacity, reason) VALUES (\(Array(repeating: "?", count: 5 + values.count).joined(separator: ", ")))
          """,
        arguments: StatementArguments([person, problem, now] as [(any DatabaseValueConvertible)?])
          + StatementArguments(values)
          + StatementArguments([score.capacity, score.reason] as [(any DatabaseValueConvertible)?]))
      return true
    }
  }

  /// The latest score of each problem that a person scored.
  func latest(of person: Int64) async throws -> [String: SavedScore] {
    try await read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT * FROM score WHERE id IN (SELECT max(id) FROM score WHERE person = ? GROUP BY problem)",
        arguments: [person])
      return Dictionary(rows.map(SavedScore.init).map { ($0.problem, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Saves a risk that a person brings; a title that the same person brought of the same place is brought anew.
  func save(_ risk: TypedRisk, stands: Bool, by person: Int64, at now: Int) async throws {
    try await write { database in
      let latest = try WorkshopState.risks(database, of: person).last {
        WorkshopState.key($0) == WorkshopState.key(risk)
      }
      guard latest?.risk != risk || latest?.stands != stands else { return }
      try database.execute(
        sql: """
          INSERT INTO risk (person, at, stands, area, title, tag, horizon, likelihood, impact, basis)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          person, now, stands, risk.area, risk.title, risk.tag?.rawValue, risk.horizon?.rawValue,
          risk.likelihood?.rawValue, risk.impact, risk.basis,
        ])
    }
  }

  /// The risks that a person brings, of those that stand the latest.
  func risks(of person: Int64) async throws -> [SavedRisk] {
    try await read { database in
      var latest: [String: SavedRisk] = [:]
      for saved in try WorkshopState.risks(database, of: person) { latest[WorkshopState.key(saved.risk)] = saved }
      return latest.values.filter(\.stands).sorted { $0.id < $1.id }
    }
  }

  private static func risks(_ database: Database, of person: Int64) throws -> [SavedRisk] {
    try Row.fetchAll(database, sql: "SELECT * FROM risk WHERE person = ? ORDER BY id", arguments: [person])
      .map(SavedRisk.init)
  }

  private static func key(_ saved: SavedRisk) -> String { key(saved.risk) }
  private static func key(_ risk: TypedRisk) -> String { "\(risk.area.lowercased())|\(risk.title.lowercased())" }

  /// Grows with every save.
  func step() async throws -> Int {
    try await read { database in
      try Int.fetchOne(
        database,
        sql:
          "SELECT (SELECT ifnull(max(id), 0) FROM score) + (SELECT ifnull(max(id), 0) FROM risk) + (SELECT count(*) FROM person)"
      ) ?? 0
    }
  }

  /// How many saves of scores there are, and of how many people.
  public func counts() async throws -> (saves: Int, people: Int) {
    try await read { database in
      (
        try Int.fetchOne(database, sql: "SELECT count(*) FROM score") ?? 0,
        try Int.fetchOne(database, sql: "SELECT count(DISTINCT person) FROM score") ?? 0
      )
    }
  }

  // MARK: As a form

  /// All that was entered, as one form that several people filled in: of each person and problem the latest counts.
  ///
  /// - Throws: ``HorizonError`` (data) where it was entered on another pack and only that of the same is taken.
  public func form(_ evidence: PackEvidence, matching: FilledForm.Matching) async throws -> FilledForm {
    let isSamePack = pack == (try evidence.identity())
    guard isSamePack || matching == .problemByProblem else {
      throw HorizonError(
        .data, "the scores were entered on another pack", at: .init(file: path),
        remedy:
          "Give the pack that was served with --pack, or add --match to take its scores problem by problem and list what differs"
      )
    }
    let (people, scores, risks) = try await read { database in
      (
        try WorkshopState.people(database),
        try Row.fetchAll(database, sql: "SELECT * FROM score ORDER BY id").map(SavedScore.init),
        try Row.fetchAll(database, sql: "SELECT * FROM risk ORDER BY id").map(SavedRisk.init)
      )
    }
    let file = SafeText.printable(URL(fileURLWithPath: path).lastPathComponent)
    let scorers = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.scorer) })
    var notes = isSamePack ? [] : ["entered on another pack: its scores are taken problem by problem"]

    let known = Set(evidence.problems.map(\.code))
    var (latest, earlier): ([String: Opinion], [Opinion]) = ([:], [])
    var unknown = Set<String>()
    for saved in scores {
      guard let scorer = scorers[saved.person] else { continue }
      guard known.contains(saved.problem) else {
        unknown.insert(saved.problem)
        continue
      }
      let opinion = Opinion(
        scorer: scorer, code: saved.problem,
        scores: Dictionary(uniqueKeysWithValues: saved.score.scores.map { ($0.key.rawValue, $0.value) }),
        capacity: saved.score.capacity, reason: saved.score.reason.flatMap(FormText.oneLine),
        place: FormPlace(file: file, sheet: WorkshopState.scoreTable, row: Int(saved.id)))
      if let before = latest.updateValue(opinion, forKey: "\(saved.person)|\(saved.problem)") { earlier.append(before) }
    }
    for code in unknown.sorted() {
      notes.append("\(SafeText.printable(code)) is not in this pack: its scores are not taken")
    }

    var (brought, earlierRisks): ([String: (stands: Bool, risk: BroughtRisk)], [BroughtRisk]) = ([:], [])
    let places = Set(evidence.places.map(\.name))
    for saved in risks {
      guard let scorer = scorers[saved.person] else { continue }
      let typed = saved.risk
      guard typed.area.isEmpty || places.contains(typed.area) else {
        notes.append("the pack has no place \(SafeText.printable(typed.area)): a risk brought for it is not taken")
        continue
      }
      let risk = BroughtRisk(
        scorer: scorer, area: typed.area, title: typed.title, tag: typed.tag, horizon: typed.horizon,
        likelihood: typed.likelihood, impact: typed.impact, basis: typed.basis.flatMap(FormText.oneLine),
        place: FormPlace(file: file, sheet: WorkshopState.riskTable, row: Int(saved.id)))
      let before = brought.updateValue((saved.stands, risk), forKey: "\(saved.person)|\(WorkshopState.key(typed))")
      if let before { earlierRisks.append(before.risk) }
    }
    return FilledForm(
      live: file, evidence: evidence, opinions: latest.values.sorted { $0.place.row < $1.place.row },
      brought: brought.values.filter(\.stands).map(\.risk).sorted { $0.place.row < $1.place.row }, earlier: earlier,
      earlierRisks: earlierRisks, notes: notes)
  }

  /// Where a record says that something was written: the table and its row in place of a sheet and its row.
  static let scoreTable = "score"
  static let riskTable = "risk"
}
