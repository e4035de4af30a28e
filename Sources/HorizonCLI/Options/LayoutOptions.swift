import ArgumentParser
import CommunitySafety
import Diagnostics
import Foundation
import Ingest

extension OffenceLevel: ExpressibleByArgument {}
extension IncidentOptions.DateBasis: ExpressibleByArgument {}
extension IncidentOptions.Entity: ExpressibleByArgument {}

/// How inputs of particular layouts are counted.
struct LayoutOptions: ParsableArguments {
  @Option(help: "Home Office recorded crime: what a measure is.")
  var offenceLevel: OffenceLevel = .subgroup

  @Option(help: "Partner incidents: the date they count by.")
  var date: IncidentOptions.DateBasis = .occurred

  @Option(
    help: ArgumentHelp(
      "Partner incidents: file with the key under which pseudonyms are hashed; without it nothing is said of repeats.",
      valueName: "file"))
  var pseudonymKey: String?

  @Option(help: ArgumentHelp("Partner incidents: months within which another one is a repeat.", valueName: "months"))
  var repeatWindow: Int = 12

  @Option(help: "Partner incidents: whose repeats are counted.")
  var repeatEntity: IncidentOptions.Entity = .person

  func validate() throws {
    guard (1...120).contains(repeatWindow) else { throw ValidationError("--repeat-window must be from 1 to 120.") }
  }

  /// Adds these options to those of a run.
  func apply(to options: inout IngestOptions) throws {
    options.offenceLevel = offenceLevel
    options.incidents.date = date
    options.incidents.repeatWindow = repeatWindow
    options.incidents.repeatEntity = repeatEntity
    options.incidents.pseudonymKey = try pseudonymKey.map(LayoutOptions.key)
  }

  /// The bytes of a key file without the line end that editors add.
  private static func key(_ path: String) throws -> [UInt8] {
    var key = Array(try ReferenceFiles.text(path).utf8)
    while let last = key.last, last == 10 || last == 13 { key.removeLast() }
    guard (16...4096).contains(key.count) else {
      throw HorizonError(
        .data, "a key has from 16 to 4096 characters", at: .init(file: path),
        remedy: "Make one with `openssl rand -hex 32 > \(path)` and keep it out of the pack")
    }
    return key
  }
}
