import CommunitySafety
import ModelFiles
import Wording

extension ReferenceData {
  /// What was read of a model file, in a line: what its author counts to see that nothing was lost.
  public func summary(of file: ModelFile) -> String {
    func counted(_ count: Int, _ noun: String) -> String { NumberText.counted(count, noun) }
    let all = priorities.byPartnership.values.flatMap { $0 }
    let what =
      switch file {
      case .areas: counted(areas.districts.count, "district")
      case .measures: counted(measures.measures.count, "measure")
      case .groupings: counted(measures.groups.count, "group")
      case .outcomes: "classes of outcomes"
      case .harmWeights:
        ListText.joined(harmWeights.map { "\($0.name) (\(counted($0.weights.count, "weight")))" })
      case .breaks: counted(breaks.entries.count, "break")
      case .priorities:
        "\(counted(priorities.byPartnership.count, "partnership")), \(NumberText.grouped(all.count)) \(all.count == 1 ? "priority" : "priorities"): "
          + "\(all.count { $0.owner != nil }) with an owner, \(all.count { $0.review != nil }) with a day of review, "
          + "\(all.count { $0.measures.isEmpty }) that no measure speaks to, \(all.count { $0.status != .current }) not current"
      case .scoringProfiles: ListText.joined(scoringSchemes.map { "\($0.id) \($0.version)" })
      case .impactScores: counted(impactScores.entries.count, "score")
      case .signals: counted(signals.count, "signal")
      case .footprints: counted(footprints.footprints.count, "footprint")
      case .peerGroups: counted(peerGroups.count, "group")
      case .sources: counted(sources.entries.count, "source")
      case .coverage: "what the archive is known to lack"
      }
    return "\(file.fileName): \(what)."
  }
}
