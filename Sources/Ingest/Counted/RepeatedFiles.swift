import CommunitySafety

/// A file of a run whose rows are counted.
protocol CountedFile {
  /// For notes.
  var label: String { get }
  var contentHash: ContentHash { get }
  /// Rows read.
  var rowCount: Int { get }
}

extension RowAccounting {
  /// Notes the rows of every file as read, and sets those of files aside whose bytes were there before.
  ///
  /// - Returns: the files with rows, each content once, and what to say of the others.
  mutating func read<File: CountedFile>(_ files: [File]) -> (kept: [File], notes: [DataNote]) {
    var kept: [File] = []
    var notes: [DataNote] = []
    for file in files where file.rowCount > 0 {
      read += file.rowCount
      guard let first = kept.first(where: { $0.contentHash == file.contentHash && $0.rowCount == file.rowCount }) else {
        kept.append(file)
        continue
      }
      setAside["repeated file", default: 0] += file.rowCount
      notes.append(.files(.repeated(.init(file: file.label, first: first.label))))
    }
    return (kept, notes)
  }
}
