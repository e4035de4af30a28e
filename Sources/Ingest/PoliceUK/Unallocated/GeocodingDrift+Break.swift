import CommunitySafety
import TimeSeries
import Wording

extension GeocodingDrift {
  /// Its entry in the break calendar: a step in every place of the force that leaves out rows without a place.
  public var breakEntry: BreakCalendar.Entry {
    .init(
      id: id, from: after.lowerBound.firstDay, through: nil, areas: [forceName], measures: shifts.map(\.type),
      kind: .geocodingDrift, note: note, source: "the share of rows without a place in the files of this run")
  }

  /// " (Bicycle theft and Drugs)", the types whose share changed; nothing where every one's did.
  package var typesInWords: String { isOfEveryType ? "" : " (\(ListText.joined(shifts.map(\.type))))" }

  /// What happened, in a few plain words.
  public var note: String {
    let (from, to) = (NumberText.percent(shareBefore, decimals: 1), NumberText.percent(shareAfter, decimals: 1))
    let change = NumberText.percent(abs(factor - 1), decimals: 1)
    // Said of every series that it concerns: a long list would hide what it says.
    let types = isOfEveryType || shifts.count <= 3 ? typesInWords : " (\(shifts.count) crime types)"
    let known =
      after.lowerBound - before.upperBound > 1
      ? " (last known before: \(PeriodStyle.monthName.format(before.upperBound)))" : ""
    return
      "records without a place\(types) went from \(from) to \(to) of all\(isOfEveryType ? "" : " of these")\(known), so that counts of places are \(change) \(factor > 1 ? "higher" : "lower") for that reason alone"
  }
}

extension IngestedData {
  /// Changes in the share of rows without a place, of the forces of which the run has an area.
  public var geocodingDrifts: [GeocodingDrift] {
    guard let unallocated else { return [] }
    let forces = Set(areas.values.compactMap(\.force))
    return unallocated.drifts.filter { forces.contains($0.forceName) }
  }
}
