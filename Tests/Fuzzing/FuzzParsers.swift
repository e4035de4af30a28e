import CommunitySafety
import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// libFuzzer's loop, which calls `input` with everything it makes up. Swift passes pointers as C does.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ input: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The program's start. Which parser gets the inputs is told by the environment variable HORIZON_PARSER, once.
@_cdecl("FuzzParsers_main")
public func fuzz(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
  var (count, arguments) = (count, arguments)
  return runFuzzer(&count, &arguments, fuzzOneInput)
}

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Fuzzing.parser(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}

/// The parsers that are fuzzed; each has a folder of its name in `Seeds`.
enum Fuzzing {
  /// The parser this run is for.
  static let parser: @Sendable (UnsafeRawBufferPointer) -> Void = {
    let name = getenv("HORIZON_PARSER").map { String(cString: $0) } ?? ""
    guard let parser = parsers[name] else {
      fatalError("HORIZON_PARSER is \"\(name)\"; it must be one of \(parsers.keys.sorted().joined(separator: ", "))")
    }
    return parser
  }()

  /// Places that the seeds name.
  static let registry = AreaRegistry(
    districts: [
      .init(name: "Oxford", code: "E07000178", csp: "Oxford", force: "thames-valley"),
      .init(name: "Cherwell", code: "E07000177", csp: "Cherwell", force: "thames-valley"),
    ])

  private static let parsers: [String: @Sendable (UnsafeRawBufferPointer) -> Void] = [
    "street": { tables($0, .street, header: FuzzedHeaders.street) },
    "long": { tables($0, .long, header: FuzzedHeaders.long) },
    "wide": { tables($0, .wide, header: FuzzedHeaders.wide) },
    "recorded": { tables($0, .recordedCrime, header: FuzzedHeaders.recorded) },
    "incidents": { tables($0, .incidents, header: FuzzedHeaders.incidents) },
    "json": { tables($0, nil, header: "") },
    "gzip": { tables($0, nil, header: "") },
    "headers": { tables($0, nil, header: "") },
    "zip": { archive($0) },
    "xlsx": { excelSheet($0) },
    "xlsx-parts": { excelParts($0) },
    "ods": { openDocument($0) },
    "context-xlsx": { contextWorkbook($0) },
    "lookup": { lookup($0) },
    "context": { context($0) },
    "footprint-list": { footprintList($0) },
    "footprints": { footprints($0) },
    "coverage": { coverage($0) },
    "sources": { sources($0) },
    "periods": { periods($0) },
    "frames": { frames($0) },
  ]

  /// Runs a parser; any error but Horizon's own ends the run.
  static func check(_ parse: () throws -> Void) {
    do {
      try parse()
    } catch is HorizonError {
    } catch {
      fatalError("not an error of Horizon's: \(error)")
    }
  }
}
