import Foundation
internal import GRDB
import Workshop

/// Somebody who joined.
struct Person: Sendable, Hashable {
  let id: Int64
  let scorer: Scorer
  /// Brings the person back on another device.
  let code: String

  /// One of the colours that tell people apart beside their names.
  var colour: Int { Int(id % 6) }
}

/// A browser that joined.
struct Session: Sendable {
  /// Nil where it only watches.
  let person: Person?
  /// What the forms of its pages carry.
  let formToken: String
}

/// How joining went.
enum Joining: Sendable {
  /// With the token of the new session.
  case joined(String)
  /// The name is somebody's, and the personal code is not theirs.
  case taken
}

extension WorkshopState {
  /// Seconds after which a session ends.
  static let sessionLength = 12 * 60 * 60

  /// Opens a session: of a new person, of a known one by the personal code, or of nobody, who watches.
  func join(_ scorer: Scorer?, personalCode: String, at now: Int) async throws -> Joining {
    let token = SecretText.hexadecimal(bytes: 32)
    let hash = try SecretText.hash(token, for: "session")
    return try await write { database in
      try database.execute(
        sql: "DELETE FROM session WHERE opened < ?", arguments: [now - WorkshopState.sessionLength])
      var id: Int64?
      if let scorer {
        let known = try Row.fetchOne(
          database, sql: "SELECT id, code FROM person WHERE key = ?", arguments: [scorer.key])
        if let known {
          let code: String = known["code"]
          guard SecretText.areEqual(SecretText.plain(code), SecretText.plain(personalCode)) else { return .taken }
          id = known["id"]
        } else {
          try database.execute(
            sql: "INSERT INTO person (key, name, organisation, code, joined) VALUES (?, ?, ?, ?, ?)",
            arguments: [scorer.key, scorer.name, scorer.organisation, SecretText.code(), now])
          id = database.lastInsertedRowID
        }
      }
      try database.execute(
        sql: "INSERT INTO session (token, person, opened) VALUES (?, ?, ?)", arguments: [hash, id, now])
      return .joined(token)
    }
  }

  /// The session of a token; nil for one that is unknown or has ended.
  func session(_ token: String, at now: Int) async throws -> Session? {
    let hash = try SecretText.hash(token, for: "session")
    let formToken = try SecretText.hash(token, for: "form")
    return try await read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT session.opened, person.id, person.name, person.organisation, person.code
          FROM session LEFT JOIN person ON person.id = session.person WHERE session.token = ?
          """, arguments: [hash])
      guard let row, row["opened"] + WorkshopState.sessionLength > now else { return nil }
      let id: Int64? = row["id"]
      let person = id.map {
        Person(
          id: $0, scorer: Scorer(name: row["name"], organisation: row["organisation"]), code: row["code"])
      }
      return Session(person: person, formToken: formToken)
    }
  }

  /// Ends a session.
  func leave(_ token: String) async throws {
    let hash = try SecretText.hash(token, for: "session")
    try await write { try $0.execute(sql: "DELETE FROM session WHERE token = ?", arguments: [hash]) }
  }

  /// Everybody who joined, in the order of joining.
  func people() async throws -> [Person] {
    try await read(WorkshopState.people)
  }

  static func people(_ database: Database) throws -> [Person] {
    try Row.fetchAll(database, sql: "SELECT id, name, organisation, code FROM person ORDER BY id").map { row in
      Person(id: row["id"], scorer: Scorer(name: row["name"], organisation: row["organisation"]), code: row["code"])
    }
  }
}
