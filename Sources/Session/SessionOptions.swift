import CommunitySafety
import Ingest

/// What a run is to work on, and with which of an analyst's files: everything that a command line, a schedule or a notebook
/// may say of it.
public struct SessionOptions: Sendable {
  /// What a run does about the newest figures of a store that are still being reported.
  public enum LateReportUse: Sendable {
    /// Nothing: it does not look at the newest figures, or the user takes them as they are.
    case ignored
    /// It takes them as they are, and a note on the data says how much of them is known.
    case noted
    /// It allows for them: see ``Session/completeness``.
    case allowedFor
  }

  /// Paths of archives, folders, tables or stores; `-` is standard input.
  public var inputs: [String]
  /// How they are read.
  public var ingest = IngestOptions()
  /// Measures that go by another name, with all of their history.
  public var renames: [MeasureRename] = []
  /// Whether outcomes are counted, by the classes of the files under `Models/`.
  public var countsOutcomes = false
  /// Id or name of the footprint that figures are told by; nil tells them by the areas of the inputs.
  public var footprint: String?
  /// Id or name of a footprint beside it, of which every area is told in which of its areas it lies.
  public var beside: String?
  /// Path of the key under which pseudonyms are hashed; nil says nothing of repeats.
  public var pseudonymKey: String?
  /// Use only what was known at the end of this period, as a user writes it; nil uses everything.
  public var asOf: String?
  /// Folder of edited model files; those it does not have keep their defaults.
  public var models: String?
  /// Path of a break calendar, used instead of that of ``models``.
  public var breaks: String?
  /// Path of a register of sources, used instead of that of ``models``.
  public var sources: String?
  /// Path of a Home Office table of recorded crime to compare a police.uk archive with, by force and year; nil compares with
  /// none.
  public var recordedCrime: String?
  /// Identifiers of break-calendar entries to ignore.
  public var withoutBreaks: [String] = []
  /// For whom outputs are made.
  public var audience = SourceRegister.Audience.partners
  /// What is done about late reports.
  public var lateReports = LateReportUse.ignored

  /// The defaults for these inputs.
  public init(inputs: [String]) { self.inputs = inputs }
}
