import CommunitySafety
import Diagnostics
import Foundation
import Hashing
import RiskRanking
import Tables
import TimeSeries

/// `evidence.json`: all that a workshop needs of a pack to rank its problems again without forecasting again.
public struct PackEvidence: Codable, Sendable, Hashable {
  /// What stands around every page.
  public struct Facts: Codable, Sendable, Hashable {
    /// What the pack is about.
    public let title: String
    /// Security marking.
    public let marking: String
    /// What was counted, and in which areas.
    public let scope: String
    /// "Apr 2014 to Dec 2025".
    public let periodCovered: String
    /// When the data was extracted, as it is printed.
    public let extraction: String
    /// Horizon's version.
    public let version: String
    /// Whether another footprint is set beside, which has a page of its own.
    public let hasFootprints: Bool
    /// Whether alerts that are kept of the data have a page.
    public let hasAlerts: Bool
    /// Last day of the data, `YYYY-MM-DD`: what has to be reviewed by then has expired.
    public let lastDay: String
    /// "12 months".
    public let year: String
    /// "month".
    public let period: String

    /// The facts of a pack.
    public init(
      title: String, marking: String, scope: String, periodCovered: String, extraction: String, version: String,
      hasFootprints: Bool, hasAlerts: Bool = false, lastDay: String, year: String, period: String
    ) {
      (self.title, self.marking, self.scope, self.periodCovered) = (title, marking, scope, periodCovered)
      (self.extraction, self.version) = (extraction, version)
      (self.hasFootprints, self.hasAlerts) = (hasFootprints, hasAlerts)
      (self.lastDay, self.year, self.period) = (lastDay, year, period)
    }
  }

  /// A problem's evidence in the words of the pack's pages.
  public struct Words: Codable, Sendable, Hashable {
    /// As a headline.
    public let finding: String
    /// What was recorded in the last year.
    public let lastYear: String
    /// What is foreseen of the next.
    public let forecast: String
    /// The event and its probability.
    public let chance: String
    /// How far the evidence carries.
    public let confidence: String
    /// The advice.
    public let recommendation: String

    /// Words.
    public init(
      finding: String, lastYear: String, forecast: String, chance: String, confidence: String, recommendation: String
    ) {
      (self.finding, self.lastYear, self.forecast) = (finding, lastYear, forecast)
      (self.chance, self.confidence, self.recommendation) = (chance, confidence, recommendation)
    }
  }

  /// What the pack's scoring profile makes of a problem: the numbers of its page on scoring.
  public struct Scoring: Codable, Sendable, Hashable {
    /// From data alone; nil where it cannot be said.
    public let likelihood: Double?
    /// By a named person, else provisional; nil without either.
    public let impact: Double?
    /// Whether the impact waits for a person.
    public let isProvisional: Bool

    /// Nothing is known by default.
    public init(likelihood: Double? = nil, impact: Double? = nil, isProvisional: Bool = true) {
      (self.likelihood, self.impact, self.isProvisional) = (likelihood, impact, isProvisional)
    }

    /// Of a score under the profile.
    public init(_ score: SchemeScore?) {
      self.init(
        likelihood: score?.likelihood, impact: score?.impact, isProvisional: score?.isProvisional ?? true)
    }
  }

  /// A problem in a place.
  public struct Problem: Codable, Sendable, Hashable {
    /// Names it in forms and files: `oxford--shoplifting`.
    public let code: String
    /// The area.
    public let place: String
    /// The measure, by the name people see.
    public let title: String
    /// By expected change; nil where it is not ranked.
    public let rank: Int?
    /// What is known of it.
    public let evidence: RiskEvidence
    /// What the scoring profile makes of it.
    public let scoring: Scoring
    /// The same in words.
    public let words: Words
    /// The current local priority that it gives evidence on.
    public let priority: String?
    /// Its page in the pack; nil where it has none.
    public let page: String?
    /// The latest figures, oldest first; nil for one that is missing.
    public let history: [Double?]

    /// A problem.
    public init(
      code: String, place: String, title: String, rank: Int?, evidence: RiskEvidence, scoring: Scoring, words: Words,
      priority: String?,
      page: String?, history: [Double?]
    ) {
      (self.code, self.place, self.title, self.rank) = (code, place, title, rank)
      (self.evidence, self.scoring, self.words, self.priority) = (evidence, scoring, words, priority)
      (self.page, self.history) = (page, history)
    }
  }

  /// Of the form of this document.
  public let schema: Int
  /// What stands around every page.
  public let facts: Facts
  /// Name and version of the scoring profile; nil where none scores harm by these dimensions.
  public let profile: String?
  /// How much each dimension of harm counts under the profile, by its name; those that are not listed count 1.
  public let weights: [String: Double]
  /// The places that problems are ranked in, in reporting order, each with its page.
  public let places: [Place]
  /// In the order of page one.
  public let problems: [Problem]
  /// What is over the horizon.
  public let signals: [Signal]

  /// A place with its page in the pack.
  public struct Place: Codable, Sendable, Hashable {
    /// The area.
    public let name: String
    /// Its page in the pack; nil where it has none.
    public let page: String?

    /// A place.
    public init(name: String, page: String?) { (self.name, self.page) = (name, page) }
  }

  /// Whether two names are one, whatever their case and blanks: programs fold lines as they please.
  static func isSame(_ a: String, _ b: String) -> Bool {
    func plain(_ text: String) -> String { text.lowercased().split { $0.isWhitespace }.joined(separator: " ") }
    return plain(a) == plain(b)
  }

  /// How much a dimension of harm counts.
  func weight(_ dimension: HarmScale.Dimension) -> Double { weights[dimension.rawValue] ?? 1 }

  /// Evidence of a pack.
  public init(
    facts: Facts, profile: String?, weights: [String: Double] = [:], places: [Place], problems: [Problem],
    signals: [Signal]
  ) {
    self.weights = weights
    schema = PackEvidence.currentSchema
    (self.facts, self.profile, self.places) = (facts, profile, places)
    (self.problems, self.signals) = (problems, signals)
  }

  /// Its file in a pack.
  public static let path = "evidence.json"
  static let currentSchema = 2
  /// Bytes of the file, at most.
  static let fileLimit = 200 << 20

  /// The document.
  public func encoded() throws -> [UInt8] { try CanonicalJSON.line(self) }

  /// Tells this pack's forms from those of another: of the evidence alone, so that the same inputs give the same.
  public func identity() throws -> String {
    String(try SHA256.hexadecimal(of: encoded()).prefix(16))
  }

  /// The evidence of the pack in a folder.
  ///
  /// - Throws: ``HorizonError``: noInput where the folder is not there, data where it holds no pack that can be ranked again.
  public static func read(pack folder: String) throws -> PackEvidence {
    let file = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw HorizonError(.noInput, "there is no folder \(folder)", remedy: "Name the folder of a pack")
    }
    let remedy = "Make the pack again with horizon sia"
    guard let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int, size <= fileLimit,
      let bytes = FileManager.default.contents(atPath: file.path)
    else {
      throw HorizonError(
        .data, "\(folder) is no pack that can be scored: it has no \(path)", remedy: remedy)
    }
    struct Version: Decodable { let schema: Int }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let version = try? decoder.decode(Version.self, from: bytes) else {
      throw HorizonError(.data, "the file is damaged", at: .init(file: file.path), remedy: remedy)
    }
    guard version.schema == currentSchema, let evidence = try? decoder.decode(PackEvidence.self, from: bytes) else {
      throw HorizonError(
        .data, "the evidence is of another version of Horizon", at: .init(file: file.path), remedy: remedy)
    }
    return evidence
  }
}
