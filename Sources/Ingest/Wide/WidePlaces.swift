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

  /// A name for each: its own where no other has it, else with the wider area that tells it apart, or with its code.
  static func names(_ places: [Place]) -> [String] {
    let groups = Dictionary(grouping: places.indices) { NameForm.form(places[$0].name) }
    var names = places.map(\.name)
    for group in groups.values where group.count > 1 {
      let columns = places[group[0]].wider.indices
      let telling = columns.first { column in
        Set(group.map { places[$0].wider[column] }).count == group.count
          && group.allSatisfy { !places[$0].wider[column].isEmpty }
      }
      for place in group {
        let qualifier = telling.map { places[place].wider[$0] } ?? places[place].code
        if !qualifier.isEmpty { names[place] = "\(places[place].name) (\(qualifier))" }
      }
    }
    return names
  }
}
