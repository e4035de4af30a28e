import CommunitySafety
import Diagnostics
import Wording

extension FootprintRegistry {
  /// The footprint with this id or name.
  ///
  /// - Throws: `HorizonError` of kind usage, with the nearest name and all of them, if there is none.
  public func footprint(named name: String) throws -> Footprint {
    if let found = self[name] { return found }
    let ids = footprints.map(\.id)
    // "ridgway" is near to a word of a name, though far from the whole.
    let words = footprints.flatMap { footprint in
      (footprint.id + " " + footprint.name).split { !$0.isLetter && !$0.isNumber }.map { (String($0), footprint.id) }
    }
    let word = NearestName.nearest(to: name, among: words.map(\.0)).flatMap { near in words.first { $0.0 == near }?.1 }
    let nearest =
      (Suggestion.phrase(for: name, among: ids + footprints.map(\.name)) ?? word.map { "Perhaps '\($0)' was meant" })
      .map { $0 + ". " } ?? ""
    throw HorizonError(
      .usage, "there is no footprint \"\(name)\"",
      remedy: nearest + (ids.isEmpty ? "footprints.yaml has none" : "There are: \(ids.joined(separator: ", "))"))
  }
}
