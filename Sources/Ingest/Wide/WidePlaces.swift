/// Names of areas that codes or wider areas tell apart.
enum WidePlaces {
  /// An area as its first row has it.
  struct Place: Sendable {
    let name: String
    /// Blank where there is none.
    let code: String
    /// From the column given first.
    let wider: [String]
  }

  /// A name for each: its own where no other has it, else with the wider area that tells it apart, or with its code. One
  /// without a code is the one of its name and wider areas that has one, if there is but one.
  static func names(_ places: [Place]) -> [String] {
    let groups = Dictionary(grouping: places.indices) { NameForm.form(places[$0].name) }
    var names = places.map(\.name)
    for all in groups.values where all.count > 1 {
      let same = all.map { place in places[place].code.isEmpty ? coded(place, among: all, places) ?? place : place }
      let group = zip(all, same).filter { $0 == $1 }.map(\.0)
      let columns = places[group[0]].wider.indices
      let telling = columns.first { column in
        Set(group.map { places[$0].wider[column] }).count == group.count
          && group.allSatisfy { !places[$0].wider[column].isEmpty }
      }
      for place in group where group.count > 1 {
        let qualifier = telling.map { places[place].wider[$0] } ?? places[place].code
        if !qualifier.isEmpty { names[place] = "\(places[place].name) (\(qualifier))" }
      }
      for (place, other) in zip(all, same) { names[place] = names[other] }
    }
    return names
  }

  /// The only place with a code that may be the one of this name without.
  private static func coded(_ place: Int, among group: [Int], _ places: [Place]) -> Int? {
    let others = group.filter { other in
      !places[other].code.isEmpty
        && zip(places[place].wider, places[other].wider).allSatisfy {
          $0.isEmpty || NameForm.form($0) == NameForm.form($1)
        }
    }
    return others.count == 1 ? others[0] : nil
  }
}
