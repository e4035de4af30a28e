import CommunitySafety
import Diagnostics
import TimeSeries

/// Reads the comments of a scorecard, which several people edit.
public enum CommentsReader {
  /// Reads the text of a file of comments.
  ///
  /// - Parameter firstMonth: month in which the reporting year begins.
  /// - Throws: `HorizonError` of kind data with file and line: what YAML does not allow, an unknown key, a quarter that is none, two
  ///   comments on one figure, and what a program that merges files leaves where two people changed the same lines.
  public static func read(text: String, file: String, firstMonth: Int = ReportingQuarter.april) throws
    -> ScorecardComments
  {
    try checkMerged(text, file: file)
    let list = try YAMLValue.document(text, file: file).mapping("the comments", required: ["comments"])
      .required("comments")
    var seen: [Place: Int] = [:]
    return ScorecardComments(
      try list.list("comments").map { value in
        let entry = try value.mapping(
          "a comment", required: ["quarter", "measure"], optional: ["area", "cause", "action", "by"])
        let name = try entry.required("quarter")
        guard let quarter = ReportingQuarter(try name.text("quarter"), firstMonth: firstMonth) else {
          let example = ReportingQuarter(year: 2025, number: 3, firstMonth: firstMonth).name
          throw name.error("'\(try name.text("quarter"))' is no quarter", remedy: "Write it as \(example)")
        }
        let measure = try entry.required("measure").text("measure")
        let area = try entry.optional("area")?.text("area")
        let cause = try filled(entry.optional("cause"), "cause")
        let action = try filled(entry.optional("action"), "action")
        let line = value.location.line ?? 0
        if let before = seen.updateValue(line, forKey: Place(quarter: quarter, measure: measure, area: area)) {
          throw value.error(
            "line \(before) and line \(line) both comment on \(measure)\(area.map { " in \($0)" } ?? "") in \(quarter.name)",
            remedy: "Agree on one, and take the other out")
        }
        return .init(
          quarter: quarter, measure: measure, area: area, cause: cause, action: action,
          by: try filled(entry.optional("by"), "by"), line: line)
      })
  }

  /// What a comment is of.
  private struct Place: Hashable {
    let quarter: ReportingQuarter
    let measure: String
    let area: String?
  }

  /// A text; nil where the slot was left as it came.
  private static func filled(_ value: YAMLValue?, _ what: String) throws -> String? {
    guard let value, !value.isNothing else { return nil }
    return try value.text(what)
  }

  /// Refuses text in which two people's changes of the same lines stand one after the other.
  private static func checkMerged(_ text: String, file: String) throws {
    var first: Int?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("<<<<<<<") { first = number + 1 }
      if line.hasPrefix(">>>>>>>"), let begun = first {
        throw HorizonError(
          .data, "two people changed the same lines: from line \(begun) to line \(number + 1) both versions stand",
          at: .init(file: file, line: begun),
          remedy: "Keep what is right of the two, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>")
      }
    }
  }
}
