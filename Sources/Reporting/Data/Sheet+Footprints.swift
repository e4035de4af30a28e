import Assessment
import Tables

/// A row of the file that maps one footprint to another.
struct FootprintRow {
  let piece: FootprintComparison.Piece
  let comparison: FootprintComparison

  /// The piece's share of its area; nil where either is not known, or the area has none.
  var shareOfCount: Double? {
    guard let count = piece.count, let area = piece.area, let total = comparison.totals[area], total > 0 else {
      return nil
    }
    return count / total
  }

  var shareOfResidents: Double? {
    guard let residents = piece.residents, let area = piece.area,
      let total = comparison.figures.first(where: { $0.profile.area.name == area })?.profile.area.population, total > 0
    else { return nil }
    return Double(residents) / Double(total)
  }
}

extension Table where Row == FootprintRow {
  /// What the areas of two footprints share.
  static var footprints: Table {
    Table(
      "footprints", title: "Footprints",
      "One row for what an area of the pack's footprint shares with an area of the one beside it. Counts and residents are blank where those of any part are not known."
    ) {
      Column("area", .text, "Area of the pack's footprint; blank for what lies in none of them.") { $0.piece.area }
      Column("area_beside", .text, "Area of the footprint beside; blank for what lies in none of them.") {
        $0.piece.beside
      }
      Column("districts", .text, "The districts that it is made of, in whole or in part.") {
        $0.piece.districts.joined(separator: "; ")
      }
      Column("measure", .text, "What is counted.") { $0.comparison.measure?.label }
      Column(
        "last_year", .number, unit: "records",
        "Recorded in the last year, in the periods that are wholly known in every area."
      ) { $0.piece.count }
      Column("periods", .integer, unit: "periods", "How many these are.") { $0.comparison.periods.count }
      Column("share_of_area", .probability, "Its share of the area's.") { $0.shareOfCount }
      Column("population", .integer, unit: "residents", "Residents.") { $0.piece.residents }
      Column("share_of_population", .probability, "Its share of the area's residents.") { $0.shareOfResidents }
    }
  }
}

extension Sheet {
  /// What the areas of two footprints share, a row a pair.
  static func footprints(_ comparison: FootprintComparison) -> Sheet {
    Sheet(.footprints, rows: comparison.pieces.map { FootprintRow(piece: $0, comparison: comparison) })
  }
}
