import CommunitySafety
import Scorecard
import TimeSeries

/// The comments of a scorecard as a file for people: all that was said, then a slot for each exception that nobody has spoken to in
/// this quarter.
struct CommentSlots {
  let report: ScorecardReport

  var text: String {
    var out = """
      # Causes and actions of the scorecard. Fill in the slots, keep this file, and give it again with --comments: nothing writes over it.
      #
      #   quarter  The quarter that it is said of. Said once, it is carried on until somebody says more.
      #   measure  The measure, as it stands on the scorecard.
      #   area     The place; without it everywhere together.
      #   cause    Why, as far as it is known.
      #   action   What will be done, and by whom.
      #   by       Who said so, and when.
      comments:

      """
    var count = 0
    for comment in report.comments.comments {
      out += entry(
        quarter: comment.quarter.name, measure: comment.measure, area: comment.area, cause: comment.cause,
        action: comment.action, by: comment.by)
      count += 1
    }
    for finding in report.findings {
      guard !report.hasEntry(of: finding) else { continue }
      let lead = finding.lead
      let isWidest = report.assessment.widest(lead.measure)?.area.name == lead.area.name
      out += entry(
        quarter: report.windows.quarter.name, measure: lead.measure.label, area: isWidest ? nil : lead.area.name,
        cause: nil, action: nil, by: nil)
      count += 1
    }
    return count > 0 ? out : out.replacingSuffix("comments:\n", with: "comments: []\n")
  }

  private func entry(
    quarter: String, measure: String, area: String?, cause: String?, action: String?, by: String?
  ) -> String {
    var lines = ["  - quarter: \(quarter)", "    measure: \(quoted(measure))"]
    if let area { lines.append("    area: \(quoted(area))") }
    lines.append("    cause:\(cause.map { " \(quoted($0))" } ?? "")")
    lines.append("    action:\(action.map { " \(quoted($0))" } ?? "")")
    lines.append("    by:\(by.map { " \(quoted($0))" } ?? "")")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A YAML string in double quotes.
  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
  }
}
