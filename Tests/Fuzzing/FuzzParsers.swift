import CommunitySafety
import Dispatch
import Ingest
import TimeSeries

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

/// The parsers that are fuzzed.
enum Fuzzing {
  /// The parser this run is for.
  static let parser: @Sendable (UnsafeRawBufferPointer) -> Void = {
    let name = getenv("HORIZON_PARSER").map { String(cString: $0) } ?? ""
    guard let parser = parsers[name] else {
      fatalError("HORIZON_PARSER is \"\(name)\"; it must be one of \(parsers.keys.sorted().joined(separator: ", "))")
    }
    return parser
  }()

  private static let registry = AreaRegistry(
    districts: [
      .init(name: "Oxford", code: "E07000178", csp: "Oxford", force: "thames-valley"),
      .init(name: "Cherwell", code: "E07000177", csp: "Cherwell", force: "thames-valley"),
    ])

  private static let parsers: [String: @Sendable (UnsafeRawBufferPointer) -> Void] = [
    // Any table or street-level file, recognised by its header, to the panel.
    "tables": { bytes in
      // A name that vouches for a month, as those of data.police.uk do. The first byte decides about options.
      var options = IngestOptions()
      let choice = bytes.first ?? 0
      options.absentMeansZero = choice & 1 != 0
      if choice & 2 != 0 { options.frequency = .monthly }
      if choice & 4 != 0 { options.duplicates = .summed }
      options.digests = false
      options.maximumUnpackedBytes = 1 << 20
      read(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), options)
    },
    "periods": { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      for frequency in Frequency.allCases {
        guard let (period, style) = PeriodStyle.parse(text, frequency: frequency) else { continue }
        // What is written of a period reads as the same period.
        let again = PeriodStyle.parse(style.format(period), frequency: frequency)
        precondition(again?.period == period, "\(text) is \(period), written \(style.format(period))")
      }
    },
  ]

  /// Reads one input; any error but Horizon's own ends the run.
  private static func read(_ bytes: UnsafeRawBufferPointer, _ options: IngestOptions) {
    let input = Array(bytes)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      await read(input, options)
      done.signal()
    }
    done.wait()
  }

  private static func read(_ bytes: [UInt8], _ options: IngestOptions) async {
    do {
      let data = try await InputReader(options: options, registry: registry)
        .read(bytes, name: "2019-06-thames-valley-street.csv")
      precondition(data.accounting.balances, "rows are not accounted for")
      precondition(
        data.panel.series.allSatisfy { series in series.kind != .count || series.values.allSatisfy { !($0 < 0) } },
        "a count is negative")
    } catch is HorizonError {
    } catch {
      fatalError("not an error of Horizon's: \(error)")
    }
  }
}
