import CommunitySafety

/// What readers of layouts need to know beside their rows.
struct LayoutSettings: Sendable {
  /// What is told apart in street-level files.
  var street = StreetDetail()
  /// Places incidents by LSOA code.
  var lookup: DistrictLookup?
  /// What a measure of recorded crime is.
  var offenceLevel = OffenceLevel.subgroup
  /// How incidents are counted.
  var incidents = IncidentOptions()
}

/// Reads one table, in whatever layout its header announces.
enum RecordReader {
  /// Recognises the header, then counts or collects the rows that `scan` hands over.
  @inline(__always)
  static func read(
    file: String, _ settings: LayoutSettings, scan: ((CSVRecord) throws -> Void) throws -> Void
  ) throws -> UnitResult.Content {
    var street: StreetTallyBuilder?
    var long: LongTableReader?
    var recordedCrime: RecordedCrimeReader?
    var incidents: IncidentReader?
    try scan { record in
      if street != nil {
        try street?.add(record)
      } else if long != nil {
        try long?.add(record)
      } else if recordedCrime != nil {
        try recordedCrime?.add(record)
      } else if incidents != nil {
        try incidents?.add(record)
      } else {
        switch try CSVLayout.recognise(record, file: file) {
        case .street(let columns): street = StreetTallyBuilder(file: file, columns: columns, detail: settings.street)
        case .long(let columns): long = LongTableReader(file: file, columns: columns)
        case .recordedCrime(let columns):
          recordedCrime = try RecordedCrimeReader(file: file, columns: columns, level: settings.offenceLevel)
        case .incidents(let columns): incidents = try IncidentReader(file: file, columns: columns, settings: settings)
        }
      }
    }
    if let street { return .street(street.finish()) }
    if let long { return .table(long.finish()) }
    if let recordedCrime { return .recordedCrime(recordedCrime.finish()) }
    if let incidents { return .incidents(try incidents.finish()) }
    return .empty
  }
}
