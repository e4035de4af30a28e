import CommunitySafety

/// Reads one table, in whatever layout its opening announces.
enum RecordReader {
  /// Recognises the layout, then counts or collects the rows of a file of so many `bytes`, 0 where unknown.
  ///
  /// - Parameter scan: hands over records as long as it is told to go on; called again, it goes on where it stopped.
  /// - Returns: nil for a file without even a header.
  static func read(
    file: String, bytes: Int = 0, _ settings: LayoutSettings, scan: ((CSVRecord) throws -> Bool) throws -> Void
  ) throws -> (any UnitContent)? {
    var header: TableHeader?
    try scan { record in
      header = TableHeader(record, file: file)
      return false
    }
    guard let header else { return nil }
    let opening = Opening(header: header)
    // What is recognised as nothing is judged as a long table, which says what it lacks.
    let layout =
      try Layouts.recognised(in: opening, options: settings.options)
      ?? LongLayout.expected(in: opening, options: settings.options)
    return try layout.content(of: opening, settings, bytes: bytes, rest: scan)
  }
}
