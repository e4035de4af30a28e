import ArgumentParser
import CommunitySafety
import Ingest
import Session
import TimeSeries

extension OffenceLevel: ExpressibleByArgument {}
extension IncidentOptions.DateBasis: ExpressibleByArgument {}
extension IncidentOptions.Entity: ExpressibleByArgument {}
extension Totals: ExpressibleByArgument {}
extension NegativeValues: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}

/// How inputs of particular layouts are counted.
struct LayoutOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Workbooks: sheet to read; the only one, or the first that is a table, by default. May be repeated.",
      valueName: "name"))
  var sheet: [String] = []

  @Option(help: "Home Office recorded crime: what a measure is.")
  var offenceLevel: OffenceLevel = .subgroup

  @Option(help: "Partner incidents: the date they count by.")
  var date: IncidentOptions.DateBasis = .occurred

  @Option(
    help: ArgumentHelp(
      "Partner incidents: file with the key under which pseudonyms are hashed; without it nothing is said of repeats.",
      valueName: "file"))
  var pseudonymKey: String?

  @Option(help: ArgumentHelp("Partner incidents: months within which another one is a repeat.", valueName: "months"))
  var repeatWindow: Int = 12

  @Option(help: "Partner incidents: whose repeats are counted.")
  var repeatEntity: IncidentOptions.Entity = .person

  @Option(
    help: ArgumentHelp(
      "Partner incidents: reports within months that make a case review, as 3/6.", valueName: "reports/months"))
  var reviewThreshold = ReviewThreshold(reports: 3, months: 6)

  @Option(help: "Tables: rows that are sums of others are a check on them, dropped, or kept as series of their own.")
  var totals: Totals = .checked

  @Option(
    help: ArgumentHelp(
      "Wide tables: columns that name the area, the finest first, separated by commas.", valueName: "names"))
  var areaColumns: String?

  @Option(
    help: ArgumentHelp("Wide tables: columns that make the measure, separated by commas.", valueName: "names"))
  var measureColumns: String?

  @Option(help: ArgumentHelp("Wide tables: columns to leave out, separated by commas.", valueName: "names"))
  var ignoreColumns: String?

  @Option(help: "Tables: what comes first in dates such as 01/06/2019. (default: the day, where there is no doubt)")
  var dates: DateOrder?

  @Flag(
    inversion: .prefixedNo,
    help: "Tables: names that differ in case, blanks or punctuation only are one area or measure.")
  var foldSpellings = true

  @Option(help: "Tables: negative values among counts are missing, netted against the periods before, or refused.")
  var negative: NegativeValues = .missing

  @Flag(
    inversion: .prefixedNo,
    help: "Tables: figures over the last year or the year so far are taken apart, or are none. (default: refused)")
  var cumulative: Bool?

  func validate() throws {
    guard (1...120).contains(repeatWindow) else { throw ValidationError("--repeat-window must be from 1 to 120.") }
  }

  /// Adds these options to those of a run.
  func apply(to options: inout SessionOptions) {
    apply(to: &options.ingest)
    options.pseudonymKey = pseudonymKey
  }

  /// Adds these options to those of reading.
  func apply(to options: inout IngestOptions) {
    options.offenceLevel = offenceLevel
    options.incidents.date = date
    options.incidents.repeatWindow = repeatWindow
    options.incidents.reviewReports = reviewThreshold.reports
    options.incidents.reviewMonths = reviewThreshold.months
    options.incidents.repeatEntity = repeatEntity
    options.totals = totals
    options.foldsSpellings = foldSpellings
    options.negatives = negative
    options.cumulative = cumulative
    options.dates = dates
    options.sheets = sheet
    options.areaColumns = LayoutOptions.list(areaColumns)
    options.measureColumns = LayoutOptions.list(measureColumns)
    options.ignoredColumns = LayoutOptions.list(ignoreColumns)
  }

  private static func list(_ names: String?) -> [String] {
    names?.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty } ?? []
  }
}

/// Reports within months that make a case review.
struct ReviewThreshold: ExpressibleByArgument {
  let reports: Int
  let months: Int

  init(reports: Int, months: Int) { (self.reports, self.months) = (reports, months) }

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let reports = parts[0], let months = parts[1], (2...100).contains(reports),
      (1...60).contains(months)
    else { return nil }
    self.init(reports: reports, months: months)
  }

  var defaultValueDescription: String { "\(reports)/\(months)" }
}
