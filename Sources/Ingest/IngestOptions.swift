import CommunitySafety
import TimeSeries

/// What becomes of a second row for the same area, measure and period.
public enum DuplicateRows: String, CaseIterable, Sendable {
  /// It is an error that names both.
  case refused = "refuse"
  /// Counts are added, of proportions numerators and denominators; of a row without a value and one with, the sum is
  /// missing. Other values are refused even then.
  case summed = "sum"
}

/// What becomes of negative values among counts.
public enum NegativeValues: String, CaseIterable, Sendable {
  /// They are missing.
  case missing
  /// They are taken from the counts of the periods before, and are nought.
  case netted = "net"
  /// They are refused.
  case refused = "refuse"
}

/// What becomes of rows of a table that are sums of others.
public enum Totals: String, CaseIterable, Sendable {
  /// They are taken as a check on their parts, and are no series.
  case checked = "check"
  /// They are left out.
  case dropped = "drop"
  /// They are series like any other.
  case kept = "keep"
}

/// How inputs are read.
public struct IngestOptions: Sendable {
  /// Frequency of long tables; nil recognises it from the periods (police.uk is monthly).
  public var frequency: Frequency?
  /// Names or ONS codes of districts, or names of partnerships or forces to keep, in any case; nil keeps all. A force
  /// brings its residual areas with it, a district or partnership does not.
  public var areas: [String]?
  /// Level of the areas counted by; nil is districts for police.uk, and the areas of a table as they are.
  public var by: AreaLevel?
  /// Sets of areas that figures are told by: of the whole history, whatever the areas of the inputs were. Nil tells them by
  /// the areas of ``by``; with both, the footprint's areas are totals of those.
  public var footprint: Footprint?
  /// Path of a CSV with the LSOAs of those areas of the footprint that need a list: a column of codes and a column `area`.
  public var footprintList: String?
  /// Another footprint, of which every area of the inputs is told too in which of its areas it lies; with it, ``by`` says how
  /// fine the areas are.
  public var beside: Footprint?
  /// Path of such a list for the footprint beside.
  public var besideList: String?
  /// The footprint, resolved for a run, and the one beside it.
  var placing: FootprintPlacing?
  var besidePlacing: FootprintPlacing?
  /// Paths of ONS lookup CSVs, each recognised by the codes it links: LSOAs of two censuses (`LSOA11CD`, `LSOA21CD`,
  /// `CHNGIND`), LSOAs and wards or districts (`LSOA21CD`, `WD24CD`, `LAD24CD`), districts and partnerships or forces
  /// (`LAD24CD`, `CSP24CD`, `PFA24CD`), districts of several years (`ltla18_code`, `ltla24_code`). police.uk rows are then
  /// placed by LSOA code rather than by LSOA name.
  public var lookups: [String] = []
  /// Paths of CSVs of residents by area: a column of ONS codes or of names, and columns of population by year, or
  /// `area,year,population`. Estimates of several years may be in several files.
  public var populations: [String] = []
  /// Paths of CSVs of households by area, or of deprivation deciles by LSOA.
  public var contexts: [String] = []
  /// What police.uk outcomes say. If given, they are counted: each crime type then has a second measure, the share of its
  /// crimes that were detected; nil leaves outcomes out.
  public var outcomes: OutcomeClasses?
  /// What becomes of police.uk rows that name no place.
  public var unallocated = UnallocatedUse.setAside
  /// The layout of every CSV of the inputs; nil recognises it by the header.
  public var inputKind: InputKind?
  /// Names of the sheets of workbooks to read, in any case; none takes the only one, or the first that fits a layout and
  /// those that continue it.
  public var sheets: [String] = []
  /// The measure of tables that have no column for it.
  public var measure: String?
  /// What comes first in dates that give day and month as numbers; nil takes the day first where the dates leave no doubt.
  public var dates: DateOrder?
  /// Names of the columns of a wide table that say of which area a row is, the finest first; none leaves it to their evidence.
  public var areaColumns: [String] = []
  /// Names of the columns of a wide table that say what a row counts, in the order in which they are joined.
  public var measureColumns: [String] = []
  /// Names of columns of a wide table that are not read.
  public var ignoredColumns: [String] = []
  /// What a second row for the same area, measure and period is.
  public var duplicates: DuplicateRows = .refused
  /// Whether an absent row or blank cell of a table means zero rather than missing, from the table's first period
  /// to its last. `NA` and marks of suppression stay missing.
  public var absentMeansZero = false
  /// What becomes of rows of a table that are sums of others.
  public var totals = Totals.checked
  /// Whether names of areas and measures of a table that differ in their writing only are one.
  public var foldsSpellings = true
  /// What becomes of negative values among counts of a table.
  public var negatives = NegativeValues.missing
  /// Whether the counts of a table are sums over the last year or the year so far, to be taken apart; nil refuses them where
  /// they are recognised, false takes all for counts of single periods.
  public var cumulative: Bool?
  /// Whether SHA-256 digests of the files are taken, for outputs that name their inputs by them; without the special
  /// instructions that not every processor has, that costs more than everything else.
  public var digests = true
  /// What a measure of the Home Office's recorded crime is.
  public var offenceLevel = OffenceLevel.subgroup
  /// How incidents of partner extracts are counted.
  public var incidents = IncidentOptions()
  /// Worker threads.
  public var threads = 1
  /// Most bytes any one archive or gzip file may unpack to. It, or an entry of it, may not unpack to more than 200 times its packed size either,
  /// once it is over 64 MB.
  public var maximumUnpackedBytes = 64 << 30
  /// Called with bytes done, rising, and bytes in all (0 where unknown), one call at a time but on any thread; for a
  /// progress line.
  public var progress: (@Sendable (Int, Int) -> Void)?

  /// Defaults: recognise the frequency, keep every area, absent is missing, one thread.
  public init() {}
}
