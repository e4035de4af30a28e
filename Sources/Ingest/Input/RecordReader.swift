import CommunitySafety

/// What readers of layouts need to know beside their rows.
struct LayoutSettings: Sendable {
  /// How inputs are read.
  var options = IngestOptions()
  /// How finely street-level rows are counted.
  var street = StreetDetail()
  /// Districts of LSOA codes in partners' extracts.
  var geography: Geography?
}

/// Reads one table, in whatever layout its header announces.
enum RecordReader {
  /// Recognises the header, then counts or collects the rows that `scan` hands over, of so many `bytes`, 0 where unknown.
  @inline(__always)
  static func read(
    file: String, bytes: Int = 0, _ settings: LayoutSettings, scan: ((CSVRecord) throws -> Void) throws -> Void
  ) throws -> UnitResult.Content {
    var street: StreetTallyBuilder?
    var long: LongTableReader?
    var wide: WideTableReader?
    var recordedCrime: RecordedCrimeReader?
    var incidents: IncidentReader?
    try scan { record in
      if street != nil {
        try street?.add(record)
      } else if long != nil {
        try long?.add(record)
      } else if wide != nil {
        try wide?.add(record)
      } else if recordedCrime != nil {
        try recordedCrime?.add(record)
      } else if incidents != nil {
        try incidents?.add(record)
      } else {
        switch try CSVLayout.recognise(record, file: file, options: settings.options) {
        case .street(let columns): street = StreetTallyBuilder(file: file, columns: columns, detail: settings.street)
        case .long(let columns): long = LongTableReader(file: file, columns: columns, bytes: bytes)
        case .wide(let columns): wide = try WideTableReader(file: file, columns: columns)
        case .recordedCrime(let columns):
          recordedCrime = try RecordedCrimeReader(file: file, columns: columns, level: settings.options.offenceLevel)
        case .incidents(let columns): incidents = try IncidentReader(file: file, columns: columns, settings: settings)
        }
      }
    }
    if let street { return .street(street.finish()) }
    if let long { return .table(long.finish()) }
    if let wide { return .table(wide.finish()) }
    if let recordedCrime { return .recordedCrime(recordedCrime.finish()) }
    if let incidents { return .incidents(try incidents.finish()) }
    return .empty
  }
}
