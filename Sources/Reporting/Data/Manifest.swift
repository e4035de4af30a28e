import Assessment
import CommunitySafety
import Hashing
import Ingest
import Tables
import TimeSeries

/// `manifest.json`: what a pack was made from and how, so that it can be made again to the byte.
struct Manifest: Codable {
  struct Input: Codable {
    let name: String
    let sha256: String
    let bytes: Int
    let rows: Int
    /// Entry of the register of sources; nil for a file in none.
    let source: String?
    let sharing: String
  }

  struct Output: Codable {
    let path: String
    let sha256: String
  }

  struct Configuration: Codable {
    let horizon: Int
    let levels: [Double]
    let judgedPeriods: Int
    let alpha: Double
    let falseDiscoveryRate: Double
    let pathCount: Int
    let seed: UInt64
    let asOf: String?
    let footprint: String?
    let beside: String?
    let withoutBreaks: [String]
    let harmWeights: String
    let scoringProfile: String?
    let title: String?
    let marking: String
    let audience: String
    let extractionDate: String?
    let modelFilesSha256: String
  }

  struct Rows: Codable {
    let read: Int
    let counted: Int
    let residual: [String: Int]
    let setAside: [String: Int]
  }

  /// Of a scorecard and an annual report: what else they were made of.
  struct Card: Codable {
    struct Written: Codable {
      let kind: String
      let name: String
      let sha256: String
      let bytes: Int
    }

    let quarter: String
    let yearBegins: Int
    let written: [Written]

    init(quarter: String, firstMonth: Int, written: [WrittenFile]) throws {
      (self.quarter, yearBegins) = (quarter, firstMonth)
      self.written = try written.map { file in
        let bytes = Array(file.text.utf8)
        return Written(kind: file.kind, name: file.name, sha256: try SHA256.hexadecimal(of: bytes), bytes: bytes.count)
      }
    }
  }

  let horizonVersion: String
  let configuration: Configuration
  /// Nil of what is no scorecard.
  var scorecard: Card?
  let inputs: [Input]
  let rows: Rows
  private(set) var outputs: [Output]
  let notes: [String]

  init(_ assessment: StrategicAssessment, version: String, outputs files: [OutputFile]) throws {
    let configuration = assessment.configuration
    let style = assessment.data.panel.style
    horizonVersion = version
    self.configuration = Configuration(
      horizon: configuration.horizon, levels: configuration.levels, judgedPeriods: configuration.judgedPeriods,
      alpha: configuration.alpha, falseDiscoveryRate: configuration.falseDiscoveryRate,
      pathCount: configuration.pathCount, seed: configuration.seed,
      asOf: configuration.asOf.map(style.format), footprint: configuration.footprint, beside: configuration.beside,
      withoutBreaks: configuration.withoutBreaks,
      harmWeights: configuration.harmWeights,
      scoringProfile: assessment.reference.scoringSchemes.first.map { "\($0.id) \($0.version)" },
      title: configuration.title, marking: configuration.marking,
      audience: configuration.audience.rawValue,
      extractionDate: configuration.extractionDate, modelFilesSha256: assessment.reference.fingerprint)
    inputs = assessment.data.sources.map { file in
      let entry = assessment.reference.sources.entry(
        file: file.name, layout: file.layout ?? assessment.data.kind.rawValue)
      return Input(
        name: file.name, sha256: file.sha256, bytes: file.bytes, rows: file.rows, source: entry?.id,
        sharing: (entry?.sharing ?? SourceRegister.unregisteredSharing).rawValue)
    }
    let accounting = assessment.data.accounting
    rows = Rows(
      read: accounting.read, counted: accounting.counted, residual: accounting.residual, setAside: accounting.setAside)
    outputs = try files.sorted { $0.path < $1.path }
      .map { Output(path: $0.path, sha256: try SHA256.hexadecimal(of: $0.contents)) }
    notes = assessment.data.notes.map(\.message)
  }

  /// The same of other files.
  func replacing(outputs: [Output]) -> Manifest {
    var manifest = self
    manifest.outputs = outputs
    return manifest
  }

  func encoded() throws -> [UInt8] { try CanonicalJSON.document(self) }
}

/// `manifest.json` of what is published: the files and the version, and nothing that was counted.
struct PublicManifest: Encodable {
  let horizonVersion: String
  let outputs: [Manifest.Output]

  init(version: String, outputs files: [OutputFile]) throws {
    horizonVersion = version
    outputs = try files.sorted { $0.path < $1.path }
      .map { Manifest.Output(path: $0.path, sha256: try SHA256.hexadecimal(of: $0.contents)) }
  }

  func encoded() throws -> [UInt8] { try CanonicalJSON.document(self) }
}
