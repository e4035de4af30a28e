import Assessment
import CommunitySafety

extension Table {
  /// Columns of what is known of an area besides its name and level.
  static let areaColumns = [
    "code", "district", "csp", "force", "population", "households", "lsoas", "share_most_deprived_decile",
    "share_most_deprived_quintile", "median_deprivation_decile",
  ]

  /// The cells of `areaColumns`; all blank for no area.
  static func areaCells(_ area: Area?) -> [Cell] {
    let deprivation = area?.deprivation
    return [
      .text(area?.code ?? ""), .text(area?.district ?? ""), .text(area?.csp ?? ""), .text(area?.force ?? ""),
      .integer(area?.population), .integer(area?.households), .integer(deprivation?.lsoas),
      .number(deprivation?.shareInMostDeprivedDecile), .number(deprivation?.shareInMostDeprivedQuintile),
      .number(deprivation?.medianDecile),
    ]
  }

  /// One row an area: who lives there, and its recorded crime of the last year.
  public static func areas(_ profiles: [AreaProfile]) -> Table {
    var table = Table(
      columns: ["area", "level"] + areaColumns
        + ["crimes_last_year", "crimes_per_1000", "asb_last_year", "asb_per_1000"])
    for profile in profiles {
      table.append(
        [.text(profile.area.name), .text(profile.area.level.rawValue)] + areaCells(profile.area) + [
          .number(profile.crimes), .number(profile.crimesPerThousand), .number(profile.incidents),
          .number(profile.incidentsPerThousand),
        ])
    }
    return table
  }
}
