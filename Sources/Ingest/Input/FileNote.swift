/// What to know about the files of a run.
public enum FileNote: Hashable, Sendable, Codable {
  /// A file and an earlier one with the same bytes.
  public struct Pair: Hashable, Sendable, Codable {
    /// The later one.
    public let file: String
    /// The one that was there first.
    public let first: String

    package init(file: String, first: String) {
      self.file = file
      self.first = first
    }
  }

  /// Files that are not street-level crime were passed over.
  case skipped(files: Int)
  /// A file repeats another byte for byte and was counted once.
  case repeated(Pair)
  /// Lines above the header, which is on this line, were passed over.
  case linesAbove([String], header: Int, file: String)
  /// The header was made of two rows, on these lines: what is written so in the lower one was read as that.
  case joinedHeader(upper: Int, lower: Int, written: String, readAs: String, file: String)
  /// Files are in no register of sources.
  case unregistered([String])
  /// Two sources report the same measure, of which the one given first counts.
  case clash(Clash)

  var facts: DataNote.Facts {
    switch self {
    case .skipped: .init("skipped-files", .information)
    case .repeated(let pair): .init("duplicate-file", .warning, .init(sources: [pair.file]))
    case .linesAbove(_, _, let file): .init("lines-above", .warning, .init(sources: [file]))
    case .joinedHeader(_, _, _, _, let file): .init("joined-header", .warning, .init(sources: [file]))
    case .unregistered(let files): .init("unregistered-source", .information, .init(sources: files))
    case .clash(let clash):
      .init(
        "sources-disagree", clash.differing > 0 || clash.periods == 0 ? .warning : .information,
        .init(sources: [clash.kept, clash.other], areas: clash.areas, measures: [clash.measure]))
    }
  }
}
