import CDeflate
import CZip
import CommunitySafety
import Diagnostics
import Foundation
import Ingest

/// A temporary folder that goes away with its owner, and makers of the files that ingest reads.
final class Workspace {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("ingest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: some Collection<UInt8>) throws -> String {
    let url = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Packs entries into an archive with libzip, compressed or stored, and returns its path.
  func zip(_ name: String, _ entries: [(name: String, text: String)], stored: Bool = false) throws -> String {
    let path = root.appendingPathComponent(name).path
    try zip(path: path, entries.map { ($0.name, Array($0.text.utf8)) }, stored: stored)
    return path
  }

  /// Packs entries of any bytes into the archive at `path`.
  func zip(path: String, _ entries: [(name: String, bytes: [UInt8])], stored: Bool = false) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else { throw Failure(code: code) }
    for entry in entries {
      if entry.name.hasSuffix("/") {
        zip_dir_add(archive, entry.name, 0)
        continue
      }
      let bytes = entry.bytes
      guard let copy = malloc(max(1, bytes.count)) else { throw Failure(code: -1) }
      bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy, base, bytes.count) } }
      let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1)
      let index = zip_file_add(archive, entry.name, source, 0)
      guard index >= 0 else { throw Failure(code: -2) }
      if stored { zip_set_file_compression(archive, UInt64(index), ZIP_CM_STORE, 0) }
    }
    guard zip_close(archive) == 0 else { throw Failure(code: -3) }
  }

  struct Failure: Error { let code: Int32 }
}

/// One member of a gzip stream, packed by libdeflate: another library than the one that is tested.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  guard let compressor = libdeflate_alloc_compressor(6) else { throw Workspace.Failure(code: -4) }
  defer { libdeflate_free_compressor(compressor) }
  var packed = [UInt8](repeating: 0, count: libdeflate_gzip_compress_bound(compressor, bytes.count))
  let count = libdeflate_gzip_compress(compressor, bytes, bytes.count, &packed, packed.count)
  return Array(packed.prefix(count))
}

func gzip(_ text: String) throws -> [UInt8] { try gzip(Array(text.utf8)) }

/// Text of street-level files.
enum Street {
  static let header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"

  static func row(
    _ month: String, _ lsoa: String, _ type: String, force: String = "Thames Valley Police", code: String = "",
    location: String = "On or near High Street", outcome: String = "", id: String = ""
  ) -> String {
    "\(id),\(month),\(force),\(force),-1.25,51.75,\(location),\(code),\(lsoa),\(type),\(outcome),"
  }

  static func file(_ rows: [String], end: String = "\n") -> String {
    ([header] + rows).joined(separator: end) + end
  }

  /// `count` equal rows.
  static func rows(
    _ count: Int, _ month: String, _ lsoa: String, _ type: String = "Burglary", force: String = "Thames Valley Police"
  ) -> [String] {
    [String](repeating: row(month, lsoa, type, force: force), count: count)
  }
}

/// The districts that the tests need.
let testRegistry = AreaRegistry(
  districts: [
    ("Cherwell", "E07000177", "Cherwell", 161_000, nil), ("Oxford", "E07000178", "Oxford", 162_000, nil),
    ("South Oxfordshire", "E07000179", "South and Vale", 149_100, nil),
    ("Vale of White Horse", "E07000180", "South and Vale", 138_900, nil),
    ("West Oxfordshire", "E07000181", "West Oxfordshire", 114_200, nil),
    ("Bracknell Forest", "E06000036", "Bracknell Forest", nil, nil),
    ("West Berkshire", "E06000037", "West Berkshire", nil, nil), ("Reading", "E06000038", "Reading", nil, nil),
    ("Slough", "E06000039", "Slough", nil, nil),
    ("Windsor and Maidenhead", "E06000040", "Windsor and Maidenhead", nil, nil),
    ("Wokingham", "E06000041", "Wokingham", nil, nil), ("Milton Keynes", "E06000042", "Milton Keynes", nil, nil),
    ("Buckinghamshire", "E06000060", "Buckinghamshire", 553_100, nil),
    ("Aylesbury Vale", "E07000004", "Buckinghamshire", nil, "Buckinghamshire"),
    ("Chiltern", "E07000005", "Buckinghamshire", nil, "Buckinghamshire"),
    ("South Bucks", "E07000006", "Buckinghamshire", nil, "Buckinghamshire"),
    ("Wycombe", "E07000007", "Buckinghamshire", nil, "Buckinghamshire"),
  ].map { name, code, csp, population, successor in
    .init(name: name, code: code, csp: csp, force: "thames-valley", population: population, successor: successor)
  }
    + [
      (
        "avon-and-somerset",
        [
          "Bath and North East Somerset", "Bristol, City of", "North Somerset", "South Gloucestershire", "Somerset",
        ]
      ),
      ("merseyside", ["Knowsley", "Liverpool", "St. Helens", "Sefton", "Wirral"]),
      ("south-yorkshire", ["Barnsley", "Doncaster", "Rotherham", "Sheffield"]),
      ("city-of-london", ["City of London"]),
    ].flatMap { force, names in
      names.map { AreaRegistry.District(name: $0, code: "X-\($0)", csp: $0, force: force) }
    }
    + [
      ("Mendip", "Somerset"), ("Sedgemoor", "Somerset"), ("South Somerset", "Somerset"),
      ("Somerset West and Taunton", "Somerset"), ("Taunton Deane", "Somerset West and Taunton"),
      ("West Somerset", "Somerset West and Taunton"),
    ].map {
      AreaRegistry.District(name: $0, code: "X-\($0)", csp: $1, force: "avon-and-somerset", successor: $1)
    })

/// Reads inputs with the test registry.
func read(_ inputs: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws -> IngestedData {
  var options = IngestOptions()
  change(&options)
  return try await InputReader(options: options, registry: testRegistry).read(inputs)
}

/// The error that reading these inputs gives; nil if it succeeds.
func failure(_ inputs: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws -> HorizonError? {
  do {
    _ = try await read(inputs, change)
    return nil
  } catch let error as HorizonError {
    return error
  }
}

extension IngestedData {
  func codes(_ severity: DataNote.Severity? = nil) -> [String] {
    notes.filter { severity == nil || $0.severity == severity }.map(\.code)
  }

  func note(_ code: String) -> DataNote? { notes.first { $0.code == code } }

  func values(_ area: String, _ measure: String?) -> [Double]? {
    panel[.init(area: area, measure: measure)]?.values
  }
}
