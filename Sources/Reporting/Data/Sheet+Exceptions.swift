import ExceptionDetection
import Tables
import TimeSeries

/// A verdict with what a run made of it.
public struct JudgedPeriod: Sendable {
  /// The verdict.
  public let test: PeriodTest
  /// The key it is listed under.
  let key: SeriesKey
  /// Smallest false-discovery rate over measures and areas at which it is an exception; NaN if there is none.
  public let rate: Double
  /// Whether it is an exception at the rate and size asked for.
  public let isException: Bool

  /// A verdict; without a rate in runs that ask for none.
  public init(_ test: PeriodTest, rate: Double = .nan, isException: Bool = false) {
    self.init(test, named: test.key, rate: rate, isException: isException)
  }

  /// A verdict under another name of its place.
  init(_ test: PeriodTest, named key: SeriesKey, rate: Double = .nan, isException: Bool = false) {
    self.test = test
    self.key = key
    self.rate = rate
    self.isException = isException
  }
}

/// Which columns a table of verdicts has beyond those it always has.
public struct ExceptionColumns: Sendable {
  /// Adds `fdr` and `exception`.
  public var filters = false
  /// Adds `explanation`.
  public var explains = false
  /// What JSON holds of an explanation in place of its text; nil for the text.
  public var evidence: (@Sendable (JudgedPeriod) -> Evidence)?

  /// None of them.
  public init() {}
}

extension Table where Row == JudgedPeriod {
  fileprivate static func exceptions(_ style: PeriodStyle, _ more: ExceptionColumns) -> Table {
    Table(
      "exceptions", title: "Judged periods",
      "One row a judged period of a series, flagged or not, judged from the data up to and including it."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.key.uniqueID }
      Column("ds", .period, CommonColumns.period) { style.format($0.test.period) }
      Column("observed", .number, unit: CommonColumns.measureUnit, "Its figure; blank where it is missing.") {
        known($0.test.observed)
      }
      Column("expected", .number, unit: CommonColumns.measureUnit, "What its history led us to expect.") {
        known($0.test.expected)
      }
      Column(
        "lower", .number, unit: CommonColumns.measureUnit, "Lower end of what is usual at the significance level used."
      ) { known($0.test.lower) }
      Column("upper", .number, unit: CommonColumns.measureUnit, "Upper end of it.") { known($0.test.upper) }
      Column(
        "p_value", .probability,
        "Probability of a figure so high or higher if nothing is new, the periods before it considered too."
      ) { known($0.test.pValue) }
      Column(
        "q_value", .probability,
        "The same as a false-discovery rate over the series judged in the period (Benjamini-Hochberg)."
      ) { known($0.test.qValue) }
      Column(
        "kind", .choice(PeriodTest.Kind.self), "What it looks like; whether that is unusual is said by flagged."
      ) { $0.test.kind }
      Column("flagged", .flag, "1 exactly when p_value is below the significance level.") { $0.test.flagged }
      if more.filters {
        Column(
          "fdr", .probability,
          "Smallest false-discovery rate over measures and areas at which the period is an exception."
        ) { known($0.rate) }
        Column("exception", .flag, "Whether it is an exception at the rate and size asked for.") { $0.isException }
      }
      if more.explains { explanation(style, more.evidence) }
    }
  }

  private static func explanation(
    _ style: PeriodStyle, _ evidence: (@Sendable (JudgedPeriod) -> Evidence)?
  ) -> Column<Row> {
    let text = Column<Row>("explanation", .text, "The verdict in plain sentences.") { $0.explanation.text }
    guard let evidence else { return text }
    return text.inJSON {
      ExplanationRecord(evidence($0), explanation: $0.explanation, style: style)
    }
  }
}

extension Sheet {
  /// `unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged` and the columns asked for, one row per judged
  /// period.
  public static func exceptions(
    _ judged: [JudgedPeriod], style: PeriodStyle, columns: ExceptionColumns = ExceptionColumns()
  ) -> Sheet {
    Sheet(.exceptions(style, columns), rows: judged)
  }
}

extension JudgedPeriod {
  /// Its explanation under the name it is listed by.
  var explanation: Explanation { test.explanation(label: key.measure ?? "The count", area: key.area) }
}

extension PeriodTest {
  /// Its explanation in plain sentences, under the names of the data.
  var explanationParts: Explanation { explanation(label: key.measure ?? "The count", area: key.area) }
}
