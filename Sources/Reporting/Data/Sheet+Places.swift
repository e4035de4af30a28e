import Assessment
import Tables

/// A place of a problem in the file of places.
struct PlaceRow {
  let problem: PlacesWithin.Problem
  /// Nil for what names no place within the district.
  let place: PlacesWithin.Place?
  let rank: Int?
  let periods: Int

  var count: Double { place?.count ?? problem.unplaced }
  var before: Double? { place == nil ? problem.unplacedBefore : place?.before }
}

extension Table where Row == PlaceRow {
  /// Where within districts problems lie.
  static var places: Table {
    Table(
      "places", title: "Places",
      "One row for a ward, or neighbourhood (LSOA), of a district and a measure; one more for what names only the district. The rows of a district and measure add up to what it recorded."
    ) {
      Column("area", .text, "The district.") { $0.problem.district }
      Column("measure", .text, "What was recorded.") { $0.problem.measure.label }
      Column("place", .text, "The ward or neighbourhood; blank for what names only the district.") { $0.place?.name }
      Column("rank", .integer, "By what was recorded, the most first.") { $0.rank }
      Column("neighbourhoods", .integer, unit: "LSOAs", "Neighbourhoods (LSOAs) in it.") { $0.place?.neighbourhoods }
      Column("last_year", .number, unit: "records", "Recorded in the known periods of the last year.") { $0.count }
      Column("periods", .integer, unit: "periods", "How many these are.") { $0.periods }
      Column(
        "year_before", .number, unit: "records",
        "Recorded in the same periods of the year before; blank where one of them is not known."
      ) { $0.before }
      Column("share", .probability, "Its share of what the district recorded.") {
        $0.problem.total > 0 ? $0.count / $0.problem.total : nil
      }
    }
  }
}

extension Sheet {
  /// Where within districts problems lie, a row a place.
  static func places(_ places: PlacesWithin) -> Sheet {
    Sheet(
      .places,
      rows: places.problems.flatMap { problem -> [PlaceRow] in
        let periods = places.periods[problem.district]?.count ?? 0
        return problem.places.enumerated().map {
          PlaceRow(problem: problem, place: $1, rank: $0 + 1, periods: periods)
        } + [PlaceRow(problem: problem, place: nil, rank: nil, periods: periods)]
      })
  }
}
