import CommunitySafety
import Diagnostics
import Ingest

#if canImport(Glibc)
  import Glibc
#endif

/// Headers that an input may ask for instead of bringing its own, so that what follows them is reached.
enum FuzzedHeaders {
  static let street =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    + "Last outcome category,Context\n"
  static let long = "area,measure,period,count,population\n"
  static let wide = "Borough,Offence,201901,201902,201903,Total\n"
  static let recorded = "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Subgroup,Offence Count\n"
  static let incidents =
    "source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,location_pseudonym\n"
}

extension Fuzzing {
  /// A table or street-level file, the whole way to the panel. The first byte decides about options and the header.
  static func tables(_ bytes: UnsafeRawBufferPointer, _ kind: InputKind?, header: String) {
    let choice = bytes.first ?? 0
    var options = options(choice)
    // What a file of this kind is by its header, or said to be on the command line.
    options.inputKind = kind
    let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    let input = choice & 8 != 0 ? Array(header.utf8) + rest : Array(rest)
    // A name that vouches for a month, as those of data.police.uk do.
    read(options) { try await $0.read(input, name: "2019-06-thames-valley-street.csv") }
  }

  /// A zip archive, which is a file: it is written to memory that has a path.
  static func archive(_ bytes: UnsafeRawBufferPointer) {
    archive(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), options: options(bytes.first ?? 0))
  }

  /// A zip archive, read with these options.
  static func archive(_ rest: UnsafeRawBufferPointer, options: IngestOptions) {
    let path = file(of: rest)
    read(options) { try await $0.read([path]) }
  }

  /// The path of a file that holds these bytes.
  static func file(of rest: UnsafeRawBufferPointer) -> String {
    guard ftruncate(archiveFile.descriptor, 0) == 0,
      pwrite(archiveFile.descriptor, rest.baseAddress, rest.count, 0) == rest.count
    else { fatalError("the archive could not be written") }
    return archiveFile.path
  }

  private static let archiveFile: (path: String, descriptor: CInt) = {
    let path = "/dev/shm/horizon-fuzzing-\(getpid()).zip"
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { fatalError("\(path) cannot be written") }
    return (path, descriptor)
  }()

  static func options(_ choice: UInt8) -> IngestOptions {
    var options = IngestOptions()
    options.absentMeansZero = choice & 1 != 0
    if choice & 2 != 0 { options.frequency = .monthly }
    if choice & 4 != 0 { options.duplicates = .summed }
    options.digests = false
    options.maximumUnpackedBytes = 1 << 20
    return options
  }

  private static let loop = TaskLoop()

  private static func read(
    _ options: IngestOptions, _ read: @escaping @Sendable (InputReader) async throws -> IngestedData
  ) {
    loop.run {
      do {
        let data = try await read(InputReader(options: options, registry: registry))
        precondition(data.accounting.balances, "rows are not accounted for")
        precondition(
          data.panel.series.allSatisfy { series in
            series.kind != .count || series.values.allSatisfy { !($0 < 0) }
          }, "a count is negative")
      } catch is HorizonError {
      } catch {
        fatalError("not an error of Horizon's: \(error)")
      }
    }
  }
}
