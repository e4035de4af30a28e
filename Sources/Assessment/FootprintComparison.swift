import CommunitySafety
import Ingest
import RiskRanking
import TimeSeries

/// Two footprints side by side: which areas of one make those of the other, the main figures on both, and how ranks carry
/// over.
///
/// Every figure of an area is that of its own assessment, so that a page of it agrees with the pack. What two areas share is
/// added up from the areas that both are made of, districts or LSOAs, and the shares of an area add up to it.
public struct FootprintComparison: Sendable {
  /// A footprint as it is named.
  public struct Label: Hashable, Sendable {
    /// Short name.
    public let id: String
    /// Name that people see.
    public let name: String
    /// First day, if it has one.
    public let from: CivilDate?
    /// Whether it is a proposal.
    public let isProposed: Bool
    /// What a reader must know.
    public let note: String?

    init(_ footprint: Footprint) {
      id = footprint.id
      name = footprint.name
      from = footprint.from
      isProposed = footprint.isProposed
      note = footprint.note
    }
  }

  /// What an area of one footprint shares with an area of the other.
  public struct Piece: Hashable, Sendable {
    /// The area of the run's footprint; nil for what lies in none of its areas.
    public let area: String?
    /// The area of the footprint beside; nil for what lies in none of its areas.
    public let beside: String?
    /// The districts it is made of, by name.
    public let districts: [String]
    /// What was recorded of ``FootprintComparison/measure`` in ``FootprintComparison/periods``; nil where there are none.
    public let count: Double?
    /// Residents; nil where those of any part are not known.
    public let residents: Int?
  }

  /// An area with its figures.
  public struct Figures: Sendable {
    /// Who lives there and what was recorded.
    public let profile: AreaProfile
    /// The risks of the main measures, in their order; nil where it has none of one.
    public let risks: [Risk?]
  }

  /// A problem with what it is in the other footprint.
  public struct Carried: Sendable {
    /// The problem.
    public let risk: Risk
    /// The same measure in each area that shares something with its place, in the order of that footprint.
    public let counterparts: [Risk]
  }

  /// The run's footprint.
  public let footprint: Label
  /// The one beside.
  public let beside: Label
  /// What shares are taken of: all crime, or where the data has no such thing its most frequent measure.
  public let measure: Measure?
  /// What the areas share, in the order of the areas.
  public let pieces: [Piece]
  /// The periods of the last year in which ``measure`` is wholly known in every area of the run's footprint, rising: the only
  /// ones over which shares of areas can be compared.
  public let periods: [Period]
  /// What was recorded of ``measure`` in ``periods`` in each area of the run's footprint, by name.
  public let totals: [String: Double]
  /// Measures whose figures are told of both.
  public let measures: [Measure]
  /// Areas of the run's footprint.
  public let figures: [Figures]
  /// Areas of the one beside.
  public let figuresBeside: [Figures]
  /// The ten highest ranks of the run's footprint.
  public let carried: [Carried]
  /// The ten highest ranks of the one beside.
  public let carriedBeside: [Carried]
  /// How many problems are ranked on each.
  public let ranked: (own: Int, beside: Int)

  /// Most problems whose ranks are followed.
  static let mostRanks = 10
  /// Most measures whose figures are told.
  static let mostMeasures = 4

  /// Sets the assessment of one footprint beside that of another.
  ///
  /// - Parameter pieces: the areas that both are made of, each of which says in which area of either it lies.
  public init(
    of own: StrategicAssessment, footprint: Footprint, beside other: StrategicAssessment,
    footprint besideFootprint: Footprint,
    pieces data: IngestedData
  ) {
    self.footprint = Label(footprint)
    beside = Label(besideFootprint)
    let (level, besideLevel) = (own.footprintLevel(footprint), other.footprintLevel(besideFootprint))
    let names = footprint.areas.map(\.name).filter { name in
      own.areas.contains { $0.name == name && $0.level == level }
    }
    let besideNames = besideFootprint.areas.map(\.name).filter { name in
      other.areas.contains { $0.name == name && $0.level == besideLevel }
    }
    let main = own.mainMeasures
    measures = Array(main.prefix(FootprintComparison.mostMeasures))
    measure = main.first
    let shared = main.first
    let whole = names.compactMap { name in
      shared.flatMap { own.series(SeriesKey(area: name, measure: $0.label))?.observed }.map { (name, $0) }
    }
    let year = own.data.panel.frequency.periodsPerYear
    let periods = (0..<year).reversed().compactMap { back in own.data.panel.span.map { $0.upperBound - back } }
      .filter { period in
        whole.count == names.count && whole.allSatisfy { $0.1[period] != nil && !$0.1.isPartial(period) }
      }
    self.periods = periods
    pieces = FootprintComparison.pieces(data, names, besideNames, measure: measure, periods, own)
    totals = Dictionary(
      whole.compactMap { name, series in FootprintComparison.sum(series, periods).map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
    let told = measures
    func figures(_ assessment: StrategicAssessment, _ names: [String], _ level: AreaLevel) -> [Figures] {
      let profiles = assessment.areaProfiles
      return names.compactMap { name in
        guard
          let profile = profiles.first(where: { $0.area.name == name && $0.area.level == level })
            ?? profiles.first(where: { assessment.names(of: name).map(\.name).contains($0.area.name) })
        else { return nil }
        return Figures(
          profile: profile,
          risks: told.map { measure in
            assessment.risks.first { $0.area.name == name && $0.area.level == level && $0.measure.id == measure.id }
          })
      }
    }
    self.figures = figures(own, names, level)
    figuresBeside = figures(other, besideNames, besideLevel)
    let shares = pieces
    func carried(
      _ from: StrategicAssessment, _ level: AreaLevel, to: StrategicAssessment, _ toLevel: AreaLevel,
      _ partners: (String) -> [String]
    ) -> [Carried] {
      let ranked = from.risks(level: level, groups: false, kind: .count).filter { $0.rank != nil }
      let there = Dictionary(
        to.risks(level: toLevel, groups: false, kind: .count).map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
      return ranked.prefix(FootprintComparison.mostRanks).map { risk in
        Carried(
          risk: risk,
          counterparts: partners(risk.area.name).compactMap {
            there[SeriesKey(area: $0, measure: risk.measure.label)]
          })
      }
    }
    self.carried = carried(own, level, to: other, besideLevel) { name in
      besideNames.filter { beside in shares.contains { $0.area == name && $0.beside == beside } }
    }
    carriedBeside = carried(other, besideLevel, to: own, level) { name in
      names.filter { area in shares.contains { $0.beside == name && $0.area == area } }
    }
    func count(_ assessment: StrategicAssessment, _ level: AreaLevel) -> Int {
      assessment.risks(level: level, groups: false, kind: .count).count { $0.rank != nil }
    }
    ranked = (count(own, level), count(other, besideLevel))
  }

  /// What was recorded in some periods; nil of none, or where any of it is missing.
  private static func sum(_ series: Series, _ periods: [Period]) -> Double? {
    periods.isEmpty
      ? nil : periods.reduce(0 as Double?) { sum, period in sum.flatMap { sum in series[period].map { sum + $0 } } }
  }

  /// What the areas share, by the areas that both are made of.
  private static func pieces(
    _ data: IngestedData, _ names: [String], _ besideNames: [String], measure: Measure?, _ periods: [Period],
    _ own: StrategicAssessment
  ) -> [Piece] {
    let areas = data.panel.areas.compactMap { data.areas[$0] }
    let wanted: Set<String> = measure.map { own.recorded(of: $0, in: data.panel) } ?? []
    let byArea = Dictionary(grouping: data.panel.series, by: \.key.area)
    func count(_ parts: [Area]) -> Double? {
      guard !wanted.isEmpty else { return nil }
      var total = 0.0
      for part in parts {
        let series = (byArea[part.name] ?? []).filter { $0.key.measure.map(wanted.contains) ?? false }
        guard Set(series.compactMap(\.key.measure)) == wanted else { return nil }
        for series in series {
          guard let sum = sum(series, periods) else { return nil }
          total += sum
        }
      }
      return total
    }
    func piece(_ area: String?, _ beside: String?) -> Piece? {
      let parts = areas.filter { part in
        part.authority.flatMap { names.contains($0) ? $0 : nil } == area
          && part.beside.flatMap { besideNames.contains($0) ? $0 : nil } == beside
      }
      guard !parts.isEmpty else { return nil }
      var districts: [String] = []
      for part in parts {
        let name = part.level == .district ? part.name : part.district ?? part.name
        if !districts.contains(name) { districts.append(name) }
      }
      return Piece(
        area: area, beside: beside, districts: districts, count: count(parts),
        residents: Area(name: "", level: .authority, members: parts).population)
    }
    let own = (names.map(Optional.some) + [nil])
    let other = (besideNames.map(Optional.some) + [nil])
    return own.flatMap { area in
      other.compactMap { beside in area == nil && beside == nil ? nil : piece(area, beside) }
    }
  }
}

extension StrategicAssessment {
  /// The level at which the areas of a footprint are in the run.
  fileprivate func footprintLevel(_ footprint: Footprint) -> AreaLevel {
    let level = footprint.kind.level
    return areas.contains { $0.level == level } ? level : .authority
  }
}
