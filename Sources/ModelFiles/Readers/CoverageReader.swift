import CommunitySafety
import TimeSeries

/// Reads `coverage.yaml`.
package enum CoverageReader {
  /// Reads the text of a list of what the archive lacks.
  ///
  /// - Throws: `HorizonError` of kind data with file, line and column for the first mistake found.
  package static func read(text: String, file: String) throws -> ArchiveCoverage {
    try read(YAMLValue.document(text, file: file))
  }

  static func read(_ document: YAMLValue) throws -> ArchiveCoverage {
    let list = try document.mapping("the coverage of the archive", required: ["coverage"]).required("coverage")
    var entries: [ArchiveCoverage.Entry] = []
    for value in try list.list("coverage") {
      let entry = try value.mapping(
        "a stretch of months", required: ["force", "from", "state", "note", "source"],
        optional: ["through", "to_be_checked"])
      let force = try entry.required("force").text("force")
      let from = try month(entry.required("from"), "from")
      let through = try entry.optional("through").map { value in
        let through = try month(value, "through")
        guard through >= from else {
          throw value.error("through lies before from", remedy: "Set the last month on or after the first")
        }
        return through
      }
      let months = from...(through ?? from)
      if let other = entries.first(where: { $0.force == force && $0.months.overlaps(months) }) {
        throw try entry.required("from").error(
          "these months of \(force) are in another entry too (\(other.note))", remedy: "Say each month once")
      }
      entries.append(
        .init(
          force: force, months: months, state: try state(entry.required("state")),
          note: try entry.required("note").text("note"), source: try entry.required("source").text("source"),
          isToBeChecked: try entry.optional("to_be_checked")?.truth("to_be_checked") ?? false))
    }
    return ArchiveCoverage(entries: entries)
  }

  private static func month(_ value: YAMLValue, _ what: String) throws -> Period {
    guard let period = PeriodStyle.parse(try value.text(what), frequency: .monthly)?.period else {
      throw value.error("\(what) is no month", remedy: "Write it as YYYY-MM, such as 2019-07")
    }
    return period
  }

  private static func state(_ value: YAMLValue) throws -> ArchiveCoverage.State {
    let text = try value.text("state")
    guard let state = ArchiveCoverage.State(rawValue: text) else {
      throw value.error(
        "there is no state '\(text)'",
        remedy: "Use one of: " + ArchiveCoverage.State.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return state
  }
}
