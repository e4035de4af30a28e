import CommunitySafety
import Ingest
import ModelFiles
import TimeSeries

extension Fuzzing {
  /// An ONS lookup, to the geography that rests on it.
  static func lookup(_ bytes: UnsafeRawBufferPointer) {
    check {
      var links = LookupLinks()
      try links.add(file: "lookup.csv", read: reading(bytes))
      _ = Geography(links, registry: registry, files: ["lookup.csv"])
    }
  }

  /// An analyst's list of the LSOAs of a footprint.
  static func footprintList(_ bytes: UnsafeRawBufferPointer) {
    let footprint = Footprint(
      id: "f", name: "F", kind: .authority, source: "fuzzing",
      areas: [.init(name: "Inner", needsList: true), .init(name: "Outer", needsList: true)])
    check { _ = try FootprintList(file: "list.csv", footprint: footprint, read: reading(bytes)) }
  }

  /// A table of population, households or deprivation.
  static func context(_ bytes: UnsafeRawBufferPointer) {
    check { _ = try ContextTable(file: "context.csv", read: reading(bytes)) }
  }

  /// A list of footprints: YAML.
  static func footprints(_ bytes: UnsafeRawBufferPointer) {
    check { _ = try FootprintsReader.read(text: String(decoding: bytes, as: UTF8.self), file: "footprints.yaml") }
  }

  /// A list of what the archive lacks: YAML.
  static func coverage(_ bytes: UnsafeRawBufferPointer) {
    check { _ = try CoverageReader.read(text: String(decoding: bytes, as: UTF8.self), file: "coverage.yaml") }
  }

  /// A register of sources: YAML.
  static func sources(_ bytes: UnsafeRawBufferPointer) {
    check { _ = try SourcesReader.read(text: String(decoding: bytes, as: UTF8.self), file: "sources.yaml") }
  }

  /// A period: what is written of it reads as the same one.
  static func periods(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    for frequency in Frequency.allCases {
      guard let (period, style) = PeriodStyle.parse(text, frequency: frequency) else { continue }
      let again = PeriodStyle.parse(style.format(period), frequency: frequency)
      precondition(again?.period == period, "\(text) is \(period), written \(style.format(period))")
    }
  }

  /// Hands the bytes over piece by piece, as a file would.
  private static func reading(_ bytes: UnsafeRawBufferPointer) -> (UnsafeMutableRawBufferPointer) -> Int {
    var rest = bytes[...]
    return { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }
}
