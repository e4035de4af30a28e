import Assessment
import Charts
import CommunitySafety
import Wording

/// Who lives in the areas, how deprived they are, and how much crime was recorded there for each resident.
struct AreasSection {
  /// Most areas shown on the page; finer levels are in the data file only.
  static let rowLimit = 60

  let context: PackContext

  func markup() -> [Markup] {
    // A force or a whole that is but one partnership is listed once.
    let all = context.assessment.areaProfiles.filter { !context.assessment.isOtherName($0.area) }
    let wide = all.filter { $0.area.level != .lsoa && $0.area.level != .ward }
    let profiles = all.count <= AreasSection.rowLimit || wide.isEmpty ? all : wide
    let shown = Array(profiles.prefix(AreasSection.rowLimit))
    var content: [Markup] = [
      .paragraph(
        "Recorded crime of the latest year of the data, without anti-social behaviour, for every 1,000 residents. Read it with care: city centres, shopping centres and airports have far more people in them by day than residents, so their rates say little about the risk to any one person. There is no rate where the residents are not known or a \(context.periods.frequency.noun) of the year is missing.\(ResidentsWords(context: context).sentence.map { " " + $0 } ?? "")"
      ),
      table(shown),
    ]
    if shown.count < all.count {
      content.append(
        .paragraph("\(NumberText.grouped(all.count - shown.count)) more areas are in the data file only."))
    }
    return content + [.dataFile("areas.csv", root: "")]
  }

  private func table(_ profiles: [AreaProfile]) -> Markup {
    let hasHouseholds = profiles.contains { $0.area.households != nil }
    let hasDeprivation = profiles.contains { $0.area.deprivation != nil }
    var columns: [DataTable.Column] = [.init("Area"), .init("Level"), .init("Residents", isNumeric: true)]
    if hasHouseholds { columns.append(.init("Households", isNumeric: true)) }
    if hasDeprivation {
      columns += [
        .init("LSOAs in the most deprived fifth", isNumeric: true), .init("Median deprivation decile", isNumeric: true),
      ]
    }
    columns += [.init("Crimes last year", isNumeric: true), .init("Crimes per 1,000 residents", isNumeric: true)]
    return DataTable(
      id: "areas-table",
      caption: hasDeprivation
        ? "The areas. Deprivation: national deciles of the Index of Multiple Deprivation, 1 the most deprived tenth."
        : "The areas",
      columns: columns,
      rows: profiles.map { profile in
        var cells = [
          Markup(text: profile.area.name + context.place(profile.area.name).others(than: profile.area.name)),
          Markup(text: profile.area.level.words), number(profile.area.population),
        ]
        if hasHouseholds { cells.append(number(profile.area.households)) }
        if hasDeprivation {
          let deprivation = profile.area.deprivation
          cells.append(
            deprivation.map { "\($0.lsoasByDecile[0] + $0.lsoasByDecile[1]) of \($0.lsoas)" } ?? AreasSection.unknown)
          cells.append(
            deprivation.map { Markup(text: AreasSection.oneDecimal($0.medianDecile)) } ?? AreasSection.unknown)
        }
        cells += [
          profile.crimes.map { tagged(profile, NumberText.grouped($0), .recorded) } ?? AreasSection.unknown,
          profile.crimesPerThousand.map { tagged(profile, AreasSection.oneDecimal($0), .rate) } ?? AreasSection.unknown,
        ]
        return DataTable.Row(cells)
      }, className: "dense"
    ).markup()
  }

  private static let unknown: Markup = "not known"

  /// A figure of all crime.
  private func tagged(_ profile: AreaProfile, _ text: String, _ kind: Claim.Kind) -> Markup {
    guard let measure = context.assessment.allCrime else { return Markup(text: text) }
    return Figures(context, area: profile.area.name, measure: measure)
      .tagged(text, kind, .year(back: 0, periods: context.periods.frequency.periodsPerYear))
  }

  private func number(_ value: Int?) -> Markup {
    value.map { Markup(text: NumberText.grouped($0)) } ?? AreasSection.unknown
  }

  private static func oneDecimal(_ value: Double) -> String { NumberText.grouped(value, decimals: 1) }
}
