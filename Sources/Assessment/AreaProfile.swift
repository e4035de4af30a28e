import CommunitySafety
import TimeSeries

/// An area of a run with its recorded crime of the last year, beside who lives there.
public struct AreaProfile: Sendable {
  /// The area.
  public let area: Area
  /// Recorded crime of the last year of the data, without anti-social behaviour; nil where any of it is missing or known in
  /// part, or not every crime type is in the data.
  public let crimes: Double?
  /// Other incidents of the last year (anti-social behaviour); nil where any are missing or there is no such measure.
  public let incidents: Double?

  /// A profile.
  public init(area: Area, crimes: Double?, incidents: Double?) {
    self.area = area
    self.crimes = crimes
    self.incidents = incidents
  }

  /// Recorded crimes for every 1,000 residents; nil where either is not known: never divided by a guess.
  public var crimesPerThousand: Double? { perThousand(crimes) }
  /// Other incidents for every 1,000 residents.
  public var incidentsPerThousand: Double? { perThousand(incidents) }

  private func perThousand(_ count: Double?) -> Double? {
    guard let count, let population = area.population, population > 0 else { return nil }
    return 1000 * count / Double(population)
  }
}

extension StrategicAssessment {
  /// The areas of the run, without residual ones and partnerships that are but another name of a district.
  public var areaProfiles: [AreaProfile] {
    let measures = reference.measures
    let allCrime = allCrime
    let inData = Set(data.panel.measures)
    let end = data.panel.span?.upperBound
    // Nil where any of the last year is missing.
    func lastYear(_ area: String, _ measure: String) -> Double? {
      end.flatMap { end in series(SeriesKey(area: area, measure: measure))?.observed.lastYear(to: end) }
    }
    let others = measures.measures.filter {
      !$0.isCrime && $0.kind == .count && inData.contains($0.name)
    }.map(\.name)
    return areas.filter { $0.level != .residual && !($0.level == .csp && isOtherName($0)) }.map { area in
      AreaProfile(
        area: area, crimes: allCrime.flatMap { lastYear(area.name, $0.label) },
        incidents: others.isEmpty
          ? nil
          : others.reduce(0 as Double?) { sum, name in sum.flatMap { sum in lastYear(area.name, name).map { sum + $0 } }
          })
    }
  }
}

extension StrategicAssessment {
  /// The group of every crime type, anti-social behaviour left out; nil if no group is that.
  public var allCrime: Measure? {
    let measures = reference.measures
    let crimes = Set(
      CrimeType.allCases.compactMap { measures.measure(named: $0.rawValue) }.filter(\.isCrime).map(\.id))
    return measures.groups.first { Set($0.members ?? []) == crimes }
  }
}

extension Series {
  /// The sum of the year that ends with a period; nil where any of it is missing or known in part.
  func lastYear(to end: Period) -> Double? {
    (0..<start.frequency.periodsPerYear).reduce(0 as Double?) { sum, back in
      isPartial(end - back) ? nil : sum.flatMap { sum in self[end - back].map { sum + $0 } }
    }
  }
}
