import TimeSeries

/// How inputs are read.
public struct IngestOptions: Sendable {
  /// Frequency of long and wide tables; nil recognises it from the periods (police.uk is monthly).
  public var frequency: Frequency?
  /// Names or ONS codes of the areas, partnerships or forces to keep; nil keeps all.
  public var areas: [String]?
  /// Path of an ONS lookup (LSOA to district) that places police.uk rows by LSOA code rather than by LSOA name.
  public var lookup: String?
  /// Whether an absent row of a long or wide table means zero rather than missing.
  public var absentMeansZero = false
  /// Worker threads.
  public var threads = 1
  /// Most bytes any one archive may unpack to.
  public var maximumUnpackedBytes = 64 << 30
  /// Called with bytes done and bytes in all; for a progress line.
  public var progress: (@Sendable (Int, Int) -> Void)?

  /// Defaults: recognise the frequency, keep every area, absent is missing, one thread.
  public init() {}
}
