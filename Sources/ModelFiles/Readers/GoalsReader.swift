import CommunitySafety
import Diagnostics
import TimeSeries

/// Reads targets: `targets.yaml`.
public enum GoalsReader {
  /// Reads the text of a file of targets.
  ///
  /// - Parameter firstMonth: month in which the reporting year begins, unless the file says `year_begins`.
  /// - Throws: `HorizonError` of kind data with file and line: what YAML does not allow, an unknown key, figure or side, a change
  ///   without a baseline or with one that may be a year or a number, a share outside 0 to 1, a stretch that is none.
  public static func read(text: String, file: String, firstMonth: Int = ReportingQuarter.april) throws
    -> [MeasureGoal]
  {
    try read(YAMLValue.document(text, file: file), firstMonth: firstMonth)
  }

  static func read(_ document: YAMLValue, firstMonth: Int = ReportingQuarter.april) throws -> [MeasureGoal] {
    let whole = try document.mapping("the targets", required: ["targets"], optional: ["year_begins"])
    var first = firstMonth
    if let begins = whole.optional("year_begins") {
      first = try begins.wholeNumber("year_begins")
      guard (1...12).contains(first) else {
        throw begins.error("year_begins is no month", remedy: "Write 1 to 12, 4 for April")
      }
    }
    return try whole.required("targets").list("targets").map { try goal($0, first) }
  }

  private static func goal(_ value: YAMLValue, _ firstMonth: Int) throws -> MeasureGoal {
    let entry = try value.mapping(
      "a target", required: ["measure", "figure", "side", "value", "by"],
      optional: ["area", "baseline", "baseline_year", "wording"])
    let measure = try entry.required("measure").text("measure")
    let figure: MeasureGoal.Figure = try choice(entry.required("figure"), "figure")
    let side: MeasureGoal.Side = try choice(entry.required("side"), "side")
    let number = try entry.required("value").number("value")
    if figure == .share, !(0...1).contains(number) {
      throw try entry.required("value").error(
        "a share is from 0 to 1, and not \(number)", remedy: "Write 0.1 for 10 %")
    }
    if figure == .change, number <= -1 {
      throw try entry.required("value").error(
        "a change of \(number) leaves less than nothing", remedy: "Write -0.05 for 5 % fewer")
    }
    if figure == .count || figure == .rate, number < 0 {
      throw try entry.required("value").error("a \(figure.rawValue) is not negative", remedy: "Write 0 or more")
    }
    if figure.isStanding, number != number.rounded() || number < 1 || (figure == .quartile && number > 4) {
      throw try entry.required("value").error(
        "\(number) is no \(figure.rawValue)",
        remedy: figure == .quartile
          ? "Write 1 for the quarter with the lowest rates, to 4" : "Write a whole number from 1, the lowest rate")
    }
    let baseline = try baseline(
      entry.optional("baseline"), year: entry.optional("baseline_year"), figure, firstMonth)
    guard figure != .change || baseline != nil else {
      throw value.error(
        "the target of \(measure) is a change and has no baseline",
        remedy:
          "Add baseline_year: \(ReportingQuarter.yearName(2024, firstMonth: firstMonth)), or the agreed number as baseline"
      )
    }
    let by = try entry.required("by")
    let months = try months(by, firstMonth)
    return MeasureGoal(
      measure: measure, area: try entry.optional("area")?.text("area"), figure: figure, side: side, value: number,
      baseline: baseline, months: months, by: try by.text("by"),
      wording: try entry.optional("wording")?.text("wording") ?? "", line: value.location.line ?? 0)
  }

  /// What a change is measured from: `baseline_year` is a year, `baseline` the number that was agreed, or "2024/25".
  private static func baseline(
    _ number: YAMLValue?, year: YAMLValue?, _ figure: MeasureGoal.Figure, _ firstMonth: Int
  ) throws -> MeasureGoal.Baseline? {
    guard let written = year ?? number else { return nil }
    guard figure == .change else {
      throw written.error(
        "only a change has a baseline, and this target is a \(figure.rawValue)",
        remedy: "Take the baseline out, or write figure: change")
    }
    let example = ReportingQuarter.yearName(2024, firstMonth: firstMonth)
    if let year {
      guard number == nil else {
        throw year.error("baseline and baseline_year are both given", remedy: "Take one of them out")
      }
      let text = try year.text("baseline_year")
      guard let found = ReportingQuarter.year(text, firstMonth: firstMonth) else {
        throw year.error("'\(text)' is no reporting year", remedy: "Write it as \(example)")
      }
      return .year(found)
    }
    let text = try written.text("baseline")
    guard let found = ReportingQuarter.year(text, firstMonth: firstMonth) else {
      return .number(try written.number("baseline"))
    }
    // Of years that begin in January the name of one is a number like any other.
    guard firstMonth != 1 else {
      let couldBeYear = (1900...2100).contains(found)
      guard couldBeYear else { return .number(try written.number("baseline")) }
      throw written.error(
        "baseline: \(text) may be a year or a number",
        remedy: "Write baseline_year: \(text) for the year, or baseline: \(text).0 for the number")
    }
    return .year(found)
  }

  /// "2025/26" is the whole year, "2025/26-Q3" the year to the end of its third quarter, "2026-01" the year to the end of that month.
  private static func months(_ value: YAMLValue, _ firstMonth: Int) throws -> ClosedRange<Int> {
    let text = try value.text("by")
    if let year = ReportingQuarter.year(text, firstMonth: firstMonth) {
      let first = year * 12 + firstMonth - 1
      return first...(first + 11)
    }
    if let quarter = ReportingQuarter(text, firstMonth: firstMonth) {
      let first = quarter.year * 12 + firstMonth - 1
      return first...(first + 3 * quarter.number - 1)
    }
    if let month = PeriodStyle.parse(text, frequency: .monthly)?.period,
      let quarter = ReportingQuarter(containing: month, firstMonth: firstMonth)
    {
      return (quarter.year * 12 + firstMonth - 1)...month.ordinal
    }
    throw value.error(
      "'\(text)' is neither a year nor a quarter nor a month",
      remedy:
        "Write \(ReportingQuarter.yearName(2025, firstMonth: firstMonth)), \(ReportingQuarter(year: 2025, number: 3, firstMonth: firstMonth).name) or 2026-01"
    )
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: YAMLValue, _ what: String
  ) throws -> Choice {
    let text = try value.text(what)
    guard let found = Choice(rawValue: text) else {
      throw value.error(
        "there is no \(what) '\(text)'",
        remedy: "Use one of: " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return found
  }
}
