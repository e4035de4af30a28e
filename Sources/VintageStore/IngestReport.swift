import Ingest

/// What an ingest into a store did.
public struct IngestReport: Sendable {
  /// What became of one file.
  public enum Status: String, Sendable, CaseIterable {
    /// No earlier vintage has a file of its name.
    case new
    /// Its counts are not those of the vintage before, which is kept.
    case revised
    /// It is part of a new vintage, and its counts are those of the vintage before.
    case unchanged
    /// This vintage has it already; nothing was stored.
    case alreadyThere = "already there"
  }

  /// One file.
  public struct File: Sendable {
    /// Its name below the input it came from.
    public let label: String
    /// Data rows.
    public let rows: Int
    /// What became of it.
    public let status: Status
    /// Label of the vintage before it, if one has a file of its name.
    public let previous: String?
  }

  /// Label of the vintage.
  public let vintage: String
  /// Every file, in reading order.
  public let files: [File]
  /// What was understood from the inputs of this ingest, by themselves.
  public let data: IngestedData

  /// Number of files of a status.
  public func count(_ status: Status) -> Int { files.count { $0.status == status } }
}
