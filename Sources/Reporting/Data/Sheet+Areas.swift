import Assessment
import CommunitySafety
import Tables

extension Column where Row == Area? {
  /// What is known of an area besides its name and level; all blank for no area.
  static var area: [Column] {
    [
      Column("code", .text, "Code of the Office for National Statistics.") { $0?.code },
      Column("district", .text, "District it lies in, of a ward or LSOA.") { $0?.district },
      Column("csp", .text, "Community Safety Partnership it belongs to.") { $0?.csp },
      Column("force", .text, "Police force it belongs to.") { $0?.force },
      Column(
        "population", .integer, unit: "residents",
        "Residents: of estimates by year the mean over the last year of the data, by the months in each calendar year."
      ) { $0?.population },
      Column("households", .integer, unit: "households", "Households.") { $0?.households },
      Column("lsoas", .integer, unit: "LSOAs", "Lower-layer Super Output Areas whose deprivation is known.") {
        $0?.deprivation?.lsoas
      },
      Column(
        "share_most_deprived_decile", .probability, "Share of these in the most deprived tenth of the country."
      ) { $0?.deprivation?.shareInMostDeprivedDecile },
      Column(
        "share_most_deprived_quintile", .probability, "Share of these in the most deprived fifth of the country."
      ) { $0?.deprivation?.shareInMostDeprivedQuintile },
      Column("median_deprivation_decile", .number, unit: "decile", "Median of their deciles; 1 is the most deprived.") {
        $0?.deprivation?.medianDecile
      },
    ]
  }
}

extension Table where Row == AreaProfile {
  /// The areas of a run: who lives there, and their recorded crime of the last year.
  static var areas: Table {
    Table(
      "areas", title: "Areas",
      "One row an area: who lives there, and its recorded crime of the last year. Rates are blank where the residents or any of the counts are not known."
    ) {
      Column("area", .text, "Name of the area, as in the series.") { $0.area.name }
      Column("level", .choice(AreaLevel.self), "Level of geography.") { $0.area.level }
      Column<Area?>.area.map { $0.of { (profile: AreaProfile) in profile.area } }
      Column(
        "crimes_last_year", .number, unit: "records", "Recorded crime of the last year, without anti-social behaviour."
      ) { $0.crimes }
      Column("crimes_per_1000", .number, unit: "records per 1,000 residents", "The same for every 1,000 residents.") {
        $0.crimesPerThousand
      }
      Column("asb_last_year", .number, unit: "records", "Incidents of anti-social behaviour in the last year.") {
        $0.incidents
      }
      Column("asb_per_1000", .number, unit: "records per 1,000 residents", "The same for every 1,000 residents.") {
        $0.incidentsPerThousand
      }
    }
  }
}

extension Sheet {
  /// One row an area: who lives there, and its recorded crime of the last year.
  public static func areas(_ profiles: [AreaProfile]) -> Sheet { Sheet(.areas, rows: profiles) }
}
