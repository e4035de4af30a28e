import CommunitySafety
import Ingest
import NumericCore
import RiskRanking
import TimeSeries

/// Where within each district its problems lie: which wards or neighbourhoods, on how few of them, and how that follows deprivation.
///
/// Counts of places; nothing here knows where in a place anything happened. The places of a district, with what names only the
/// district, add up to what the district recorded.
public struct PlacesWithin: Sendable {
  /// A ward, or a neighbourhood (LSOA) where no lookup says in which ward it lies.
  public struct Place: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Neighbourhoods in it.
    public let neighbourhoods: Int
    /// Recorded in the known periods of the last year.
    public let count: Double
    /// The same of the year before; nil where a period of it is not known.
    public let before: Double?
    /// Where it is drawn on a tile map.
    public let tile: Area.Tile?
  }

  /// A problem of a district, by place.
  public struct Problem: Sendable {
    /// The district.
    public let district: String
    /// What was recorded.
    public let measure: Measure
    /// Its places, the highest count first, then by name; those without any too.
    public let places: [Place]
    /// Recorded of the district, with no more said of where.
    public let unplaced: Double
    /// Of the year before; nil where a period of it is not known.
    public let unplacedBefore: Double?
    /// How unevenly it falls on neighbourhoods; nil without any record.
    public let concentration: Concentration?
    /// Records a neighbourhood in the most deprived fifth of the country, over those in the least deprived fifth; nil with
    /// fewer than five neighbourhoods in either, under 30 records, or where deprivation is not known.
    public let gradient: RatioOfMeans?

    /// Recorded in the district.
    public var total: Double { places.reduce(unplaced) { $0 + $1.count } }
    /// Of the year before.
    public var totalBefore: Double? {
      places.reduce(unplacedBefore) { sum, place in sum.flatMap { sum in place.before.map { sum + $0 } } }
    }
  }

  /// What the places are.
  public let level: AreaLevel
  /// The known periods of the last year of each district, rising.
  public let periods: [String: [Period]]
  /// By district in the order of the run, then by measure.
  public let problems: [Problem]
  /// Over all districts, by measure: as ``Problem/gradient``.
  public let gradients: [(measure: Measure, ratio: RatioOfMeans)]

  /// Fewest neighbourhoods in either fifth, and records in both, from which a ratio is told.
  static let fewestNeighbourhoods = 5
  static let fewestRecords = 30.0
  /// Problems of a district that are told beside the main measures: those ranked highest.
  static let mostRanked = 3

  /// The districts of a run by their places.
  ///
  /// - Parameter data: the same inputs counted by neighbourhood.
  public init(of assessment: StrategicAssessment, neighbourhoods data: IngestedData) {
    let units = data.panel.areas.compactMap { data.areas[$0] }
    let byDistrict = Dictionary(grouping: units) { $0.district ?? "" }
    let byArea = Dictionary(grouping: data.panel.series, by: \.key.area)
    let wards = units.filter { $0.level == .lsoa }.allSatisfy { $0.ward != nil }
    level = wards ? .ward : .lsoa
    let year = data.panel.frequency.periodsPerYear
    var periods: [String: [Period]] = [:]
    var problems: [Problem] = []
    for district in assessment.areas where district.level == .district {
      guard let parts = byDistrict[district.name], parts.contains(where: { $0.level == .lsoa }),
        let end = data.panel.span?.upperBound
      else { continue }
      let series = parts.flatMap { byArea[$0.name] ?? [] }
      func isKnown(_ period: Period) -> Bool { series.allSatisfy { $0[period] != nil && !$0.isPartial(period) } }
      let known = (0..<year).reversed().map { end - $0 }.filter(isKnown)
      guard !known.isEmpty else { continue }
      periods[district.name] = known
      for measure in PlacesWithin.measures(of: district, assessment) {
        let wanted = assessment.recorded(of: measure, in: data.panel)
        guard !wanted.isEmpty else { continue }
        let count = Count(byArea: byArea, measures: wanted, periods: known, year: year, isKnown: isKnown)
        problems.append(PlacesWithin.problem(district.name, measure, parts, count, byWard: wards))
      }
    }
    self.periods = periods
    self.problems = problems
    var seen = Set<MeasureID>()
    gradients = problems.map(\.measure).filter { seen.insert($0.id).inserted }.compactMap { measure in
      let wanted = assessment.recorded(of: measure, in: data.panel)
      let groups = problems.filter { $0.measure.id == measure.id }.map { problem in
        PlacesWithin.fifths(
          byDistrict[problem.district] ?? [],
          Count(byArea: byArea, measures: wanted, periods: periods[problem.district] ?? [], year: year))
      }
      return PlacesWithin.gradient(groups.flatMap(\.most), groups.flatMap(\.least)).map { (measure, $0) }
    }
  }

  /// Sums of what neighbourhoods recorded. Where the district's period is known, a neighbourhood without a series has none.
  private struct Count {
    let byArea: [String: [Series]]
    let measures: Set<String>
    let periods: [Period]
    let before: [Period]

    init(
      byArea: [String: [Series]], measures: Set<String>, periods: [Period], year: Int,
      isKnown: (Period) -> Bool = { _ in false }
    ) {
      (self.byArea, self.measures, self.periods) = (byArea, measures, periods)
      let earlier = periods.map { $0 - year }
      before = earlier.allSatisfy(isKnown) ? earlier : []
    }

    func callAsFunction(_ area: Area) -> Double { sum(area, periods) }
    func before(_ area: Area) -> Double? { before.isEmpty ? nil : sum(area, before) }

    private func sum(_ area: Area, _ periods: [Period]) -> Double {
      (byArea[area.name] ?? []).filter { $0.key.measure.map(measures.contains) ?? false }.reduce(0) { sum, series in
        periods.reduce(sum) { $0 + (series[$1] ?? 0) }
      }
    }
  }

  private static func measures(of district: Area, _ assessment: StrategicAssessment) -> [Measure] {
    let main = assessment.mainMeasures.prefix(FootprintComparison.mostMeasures)
    let ranked = assessment.risks(level: district.level, groups: false, kind: .count)
      .filter { $0.area.name == district.name && $0.rank != nil }
      .filter { risk in !main.contains { $0.id == risk.measure.id } }
    return main.filter { $0.kind == .count } + ranked.prefix(mostRanked).map(\.measure)
  }

  private static func problem(
    _ district: String, _ measure: Measure, _ parts: [Area], _ count: Count, byWard: Bool
  ) -> Problem {
    let units = parts.filter { $0.level == .lsoa }
    let rest = parts.filter { $0.level != .lsoa }
    let places = Dictionary(grouping: units) { (byWard ? $0.ward : nil) ?? $0.name }.map { name, members in
      Place(
        name: name, neighbourhoods: members.count, count: members.reduce(0) { $0 + count($1) },
        before: sum(members.map(count.before)), tile: members.lazy.compactMap(\.tile).first)
    }
    let (most, least) = fifths(parts, count)
    return Problem(
      district: district, measure: measure,
      places: places.sorted { ($1.count, $0.name) < ($0.count, $1.name) },
      unplaced: rest.reduce(0) { $0 + count($1) },
      unplacedBefore: count.before.isEmpty ? nil : sum(rest.map(count.before)) ?? 0,
      concentration: Concentration(units.map { count($0) }), gradient: gradient(most, least))
  }

  private static func sum(_ values: [Double?]) -> Double? {
    values.reduce(0 as Double?) { sum, value in sum.flatMap { sum in value.map { sum + $0 } } }
  }

  /// Records of the neighbourhoods in the most and the least deprived fifth of the country.
  private static func fifths(_ parts: [Area], _ count: Count) -> (most: [Double], least: [Double]) {
    func records(_ deciles: ClosedRange<Double>) -> [Double] {
      parts.filter { $0.level == .lsoa && ($0.deprivation.map { deciles.contains($0.medianDecile) } ?? false) }
        .map { count($0) }
    }
    return (records(1...2), records(9...10))
  }

  private static func gradient(_ most: [Double], _ least: [Double]) -> RatioOfMeans? {
    guard min(most.count, least.count) >= fewestNeighbourhoods, (most + least).reduce(0, +) >= fewestRecords else {
      return nil
    }
    return RatioOfMeans(most, least)
  }
}
