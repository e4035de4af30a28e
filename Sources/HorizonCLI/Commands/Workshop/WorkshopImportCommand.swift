import ArgumentParser
import Diagnostics
import Foundation
import Reporting
import Tables
import Workshop
import WorkshopServer

/// `horizon workshop import`: filled forms back into the pack, ranked again without a forecast.
struct WorkshopImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Reads filled forms and writes the pack with what moved and why. Forecasts are not made again.",
    discussion: "Example: horizon workshop import scoring-*.xlsx --pack pack --out scored")

  @Argument(
    help: ArgumentHelp(
      "Filled forms: .xlsx or .ods, as any program saved them, or the state of horizon workshop serve.",
      valueName: "form"))
  var forms: [String]

  @Option(help: ArgumentHelp("Pack that the forms were made from, or one that forms were imported into before."))
  var pack: String

  @Option(name: .shortAndLong, help: "Folder to write; a pack that is already there is replaced whole.")
  var out: String

  @Flag(help: "Take the scores of forms made from another pack, problem by problem, and list what differs.")
  var match = false

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  /// Faults that are printed one by one.
  private static let mostFaults = 20

  func run() async throws {
    try OutputFolder.check(out, replacing: .horizon)
    let evidence = try PackEvidence.read(pack: pack)
    let folder = try WorkshopPack(folder: pack)
    var record = try WorkshopRecord.read(pack: pack)
    var faults: [HorizonError] = []
    var notes: [String] = []
    var seen = Set<String>()
    for path in ordered where seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted {
      do {
        let form = try await form(path, evidence)
        faults += form.faults
        if form.faults.isEmpty { faults += record.add(form) }
        notes += form.notes.map { "\(path): \($0)." }
        if let note = summary(of: form) { notes.append("\(path): \(note).") }
      } catch let error as HorizonError {
        faults.append(error)
      }
    }
    if let last = faults.last {
      for fault in faults.dropLast().prefix(WorkshopImportCommand.mostFaults) { Console.error(fault.description) }
      let more = faults.count - 1 - WorkshopImportCommand.mostFaults
      if more > 0 { Console.note("... and \(more) more.", quiet: false) }
      Console.note("Nothing was written.", quiet: false)
      throw last
    }
    let files = try folder.files(evidence, record)
    try OutputFolder.write(files, to: out, replacing: .horizon)
    for note in notes { Console.note(note, quiet: quiet) }
    Console.note("Wrote \(files.count) files to \(out); open \(out)/workshop.html.", quiet: quiet)
  }

  /// A workbook, or what was entered live.
  private func form(_ path: String, _ evidence: PackEvidence) async throws -> FilledForm {
    let matching = match ? FilledForm.Matching.problemByProblem : .samePack
    guard WorkshopState.isState(path) else {
      return try FilledForm(path: path, evidence: evidence, matching: matching)
    }
    let state = try WorkshopState(reading: path)
    let form = try await state.form(evidence, matching: matching)
    try state.close()
    return form
  }

  /// The same whatever order the shell names them in. States come first: what they say was written earlier is of an earlier import,
  /// never of a workbook that is read with them.
  private var ordered: [String] {
    let states = Set(forms.filter(WorkshopState.isState))
    return forms.sorted { a, b in
      if states.contains(a) != states.contains(b) { return states.contains(a) }
      let (x, y) = (URL(fileURLWithPath: a).lastPathComponent, URL(fileURLWithPath: b).lastPathComponent)
      return (x, a) < (y, b)
    }
  }

  private func summary(of form: FilledForm) -> String? {
    guard form.faults.isEmpty else { return nil }
    guard let scorer = form.scorer else {
      func count(_ number: Int, _ noun: String, _ plural: String) -> String {
        "\(number) \(number == 1 ? noun : plural)"
      }
      let people = Set(form.opinions.map(\.scorer) + form.brought.map(\.scorer)).count
      guard people > 0 else { return nil }
      let scores = count(form.opinions.count(where: \.hasScore), "score", "scores")
      let risks = form.brought.isEmpty ? "" : " and \(count(form.brought.count, "risk", "risks"))"
      return "\(scores)\(risks) entered live by \(count(people, "person", "people"))"
    }
    let scored = form.opinions.filter(\.hasScore)
    let unexplained = scored.count { $0.reason == nil }
    var text = "\(scorer.text) scores \(scored.count) problem\(scored.count == 1 ? "" : "s")"
    if !form.brought.isEmpty { text += " and brings \(form.brought.count)" }
    if unexplained > 0 { text += "; \(unexplained) without a reason" }
    return text
  }
}
