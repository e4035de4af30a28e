import CommunitySafety
import TimeSeries
import Wording

extension IncidentAssembly {
  mutating func noteRows(_ files: [File]) {
    func note(_ rows: Int, _ severity: DataNote.Severity, _ code: String, _ message: String) {
      if rows > 0 { notes.append(DataNote(severity, code: code, "\(NumberText.counted(rows, "incident")) \(message)")) }
    }
    note(
      accounting.setAside["repeated incident reference"] ?? 0, .warning, "repeated-references",
      "repeat the reference of an earlier row of the same source and were set aside")
    note(accounting.setAside["no date"] ?? 0, .warning, "undated", "without any date were set aside")
    note(
      accounting.setAside["occurred before the extract begins"] ?? 0, .information, "historical",
      "occurred before the month in which the extract begins and were set aside: the extract does not hold the others of that time"
    )
    note(
      accounting.setAside["dated after the extract ends"] ?? 0, .warning, "future-dates",
      "occurred after the last report of the extract and were set aside: check their dates")
    note(
      files.reduce(0) { $0 + $1.tally.otherDate }, .information, "other-date",
      "counted by the date they were \(options.date == .occurred ? "reported" : "occurred"), because the other is blank"
    )
    note(
      files.reduce(0) { $0 + $1.tally.unreferenced }, .information, "no-reference",
      "without a reference: repetitions among them cannot be told")
    let begin = Set(reach.map { IncidentReach.month($0.first) })
    if begin.count > 1 {
      notes.append(
        DataNote(
          .warning, code: "sources-begin",
          "the sources begin in different months: a rise where one begins is more reporting, not more incidents"))
    }
    if !hasKey {
      notes.append(
        DataNote(
          .information, code: "no-pseudonym-key",
          "pseudonyms were not read, so that nothing is said of repeats: give a key with --pseudonym-key"))
    }
    let drift = categories.drift + qualifiers.drift
    if !drift.isEmpty {
      notes.append(
        DataNote(
          .information, code: "spelling",
          "\(NumberText.counted(drift.count, "name")) written in several ways \(drift.count == 1 ? "was" : "were") brought under the latest: "
            + SafeText.printable(ListText.abridged(drift, most: 6))))
    }
  }

  mutating func noteRepeats(_ series: [Series]) {
    if unknownEntities > 0 {
      notes.append(
        DataNote(
          .information, code: "no-pseudonym",
          "\(NumberText.counted(unknownEntities, "incident")) without a \(options.repeatEntity.rawValue)'s pseudonym "
            + "\(unknownEntities == 1 ? "is" : "are") counted, but not among repeats"))
    }
    notes.append(
      series.isEmpty
        ? DataNote(
          .warning, code: "no-repeats",
          "nothing can be said of repeats: no pseudonym is there, or the extract is no longer than the window of \(options.repeatWindow) months"
        )
        : DataNote(
          .information, code: "repeats",
          "repeats are incidents whose \(options.repeatEntity.rawValue) had an earlier one of the same category in the same source "
            + "within \(options.repeatWindow) months; the first \(options.repeatWindow) months have no such past and are left out"
        ))
  }
}
