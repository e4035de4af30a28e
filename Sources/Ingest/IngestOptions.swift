import CommunitySafety
import TimeSeries

/// How inputs are read.
public struct IngestOptions: Sendable {
  /// Frequency of long tables; nil recognises it from the periods (police.uk is monthly).
  public var frequency: Frequency?
  /// Names or ONS codes of districts, or names of partnerships or forces to keep, in any case; nil keeps all. A force
  /// brings its residual areas with it, a district or partnership does not.
  public var areas: [String]?
  /// Path of an ONS lookup CSV that places police.uk rows by LSOA code rather than by LSOA name: any columns of LSOA
  /// codes (`LSOA11CD`, `lsoa21_code`) and of districts (`LAD22NM` and `LAD22CD`, `ltla24_name` and `ltla24_code`).
  public var lookup: String?
  /// What police.uk outcomes say. If given, they are counted: each crime type then has a second measure, the share of its
  /// crimes that were detected; nil leaves outcomes out.
  public var outcomes: OutcomeClasses?
  /// Whether an absent row or blank cell of a long table means zero rather than missing, from the table's first period
  /// to its last. `NA` and marks of suppression stay missing.
  public var absentMeansZero = false
  /// Worker threads.
  public var threads = 1
  /// Most bytes any one archive may unpack to. An entry may not unpack to more than 200 times its packed size either,
  /// once it is over 64 MB.
  public var maximumUnpackedBytes = 64 << 30
  /// Called with bytes done, rising, and bytes in all (0 where unknown), one call at a time but on any thread; for a
  /// progress line.
  public var progress: (@Sendable (Int, Int) -> Void)?

  /// Defaults: recognise the frequency, keep every area, absent is missing, one thread.
  public init() {}
}
