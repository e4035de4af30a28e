import CommunitySafety
import Diagnostics

/// Reads one table, in whatever layout its opening announces.
enum RecordReader {
  /// Recognises the layout, then counts or collects the rows of a file of so many `bytes`, 0 where unknown.
  ///
  /// A layout that its header alone gives away is read at once. Of other files the first records are looked at: which of
  /// them is the header, and what its columns hold.
  ///
  /// - Parameter scan: hands over records as long as it is told to go on; called again, it goes on where it stopped.
  /// - Returns: no content for a file without even a header; what to know about its opening.
  static func read(
    file: String, bytes: Int = 0, _ settings: LayoutSettings, scan: ((CSVRecord) throws -> Bool) throws -> Void
  ) throws -> (content: (any UnitContent)?, notes: [DataNote]) {
    var first: OwnedRecord?
    try scan { record in
      first = OwnedRecord(record)
      return false
    }
    guard let first else { return (nil, []) }
    let header = first.withRecord { TableHeader($0, file: file) }
    if let layout = try Layouts.plain(header, options: settings.options) {
      return (try layout.content(of: Opening(header: header), settings, bytes: bytes, rest: scan), [])
    }
    var records = [first]
    var size = 0
    try scan { record in
      records.append(OwnedRecord(record))
      size += record.byteCount
      return records.count < Opening.recordLimit && size < Opening.byteLimit
    }
    let (layout, opening) = try recognised(records, file, settings.options)
    let content = try layout.content(of: opening, settings, bytes: bytes, rest: scan)
    return (content, opening.notes(file: FileKind.lastComponent(file)))
  }

  private static func recognised(
    _ records: [OwnedRecord], _ file: String, _ options: IngestOptions
  ) throws -> (any Layout, Opening) {
    try fitting(records, file, options) ?? asLong(records, file, options)
  }

  /// The layout that the first records of a file announce, and where its header is; nil if nothing is recognised.
  ///
  /// - Parameter fillsUp: whether rows end with their last field that holds anything, as those of sheets do.
  /// - Parameter header: another reading of a header; nil if there is none.
  /// - Throws: `HorizonError` for a header of a layout that something is wrong with.
  static func fitting(
    _ records: [OwnedRecord], _ file: String, _ options: IngestOptions, fillsUp: Bool = false,
    header reread: ((TableHeader) -> TableHeader?)? = nil
  ) throws -> (any Layout, Opening)? {
    var failure: (any Error)?
    for place in records.indices {
      // What is wrong with the first line is said, unless a later one is a header without fault.
      do {
        for written in try Opening.readings(of: records, at: place, file: file, fillsUp: fillsUp) {
          guard let opening = reread.map({ $0(written.header).map(written.under) }) ?? written else { continue }
          do {
            if let layout = try Layouts.recognised(in: opening, options: options) { return (layout, opening) }
          } catch {
            failure = failure ?? error
          }
        }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return nil
  }

  /// What is recognised as nothing, judged as a long table, which says what it lacks.
  ///
  /// - Throws: `HorizonError` of kind data that lists the columns found and those needed, or says where the header may be.
  static func asLong(
    _ records: [OwnedRecord], _ file: String, _ options: IngestOptions
  ) throws -> (any Layout, Opening) {
    let opening = Opening(
      header: records[0].withRecord { TableHeader($0, file: file) }, rows: Array(records.dropFirst()))
    do { return (try LongLayout.expected(in: opening, options: options), opening) } catch let error as HorizonError {
      if isOwnOutput(opening.header) {
        throw HorizonError(
          error.kind, error.message, at: error.location,
          remedy: "This seems to be a table that Horizon wrote: give the input that it was made from")
      }
      guard let line = likelyHeader(records, file, options) else { throw error }
      throw HorizonError(
        error.kind, error.message, at: error.location,
        remedy: "The header seems to be on line \(line): delete what stands above it")
    }
  }

  /// Whether a header is one of the tables that are written of series.
  private static func isOwnOutput(_ header: TableHeader) -> Bool {
    let keys = Set(header.keys)
    return keys.contains("unique_id")
      && [
        ["from", "to", "periods"], ["model", "mean"], ["observed", "expected"], ["start", "end", "level"],
        ["ds", "component"],
      ].contains {
        keys.isSuperset(of: $0)
      }
  }

  /// The line of a record that would be a header if it were the first.
  private static func likelyHeader(_ records: [OwnedRecord], _ file: String, _ options: IngestOptions) -> Int? {
    for (place, record) in records.enumerated().dropFirst() {
      let opening = Opening(
        header: record.withRecord { TableHeader($0, file: file) }, rows: Array(records[(place + 1)...]))
      // Numbers of a row may look like years; beside any that do not, it is no header.
      let isNumeric = record.texts.contains { Double($0) != nil && !WideColumns.isPeriod($0) }
      if !isNumeric, (try? Layouts.recognised(in: opening, options: options)) != nil { return record.line }
    }
    return nil
  }
}
