import Assessment
import Charts
import CommunitySafety
import ExceptionDetection
import RiskRanking
import TimeSeries
import Wording

/// What every page needs to know: who has a page, where it is, and which result belongs to which row.
struct PackContext {
  let assessment: StrategicAssessment
  let version: String
  /// The alerts that are kept of the data; nil where none were named.
  var alerts: AlertRegister?
  let periods: PeriodText
  /// First and last period of the data; nil for a run without any.
  let span: ClosedRange<Period>?
  /// The places of the pack: authorities of a footprint, partnerships, and places that belong to none.
  let places: [Area]
  /// Those of them with a page of their own: all, or of very many those that were asked for.
  let partnerships: [Area]
  /// Level of the ranking on page one: partnerships where there are any.
  let rankedLevel: AreaLevel
  /// Kind of measure of it: counts where there are any.
  let rankedKind: MeasureKind
  /// What everything together is called: what the pack is about, as its user calls it, else how many areas it is.
  let wholeName: String
  /// The rows of page one, at most ten.
  let topRisks: [Risk]
  /// Risks with a page of their own, in page-one order, then by partnership.
  let detailedRisks: [Risk]
  /// The highest-ranked risk more likely than not to get worse by a tenth, else the highest-ranked of all.
  let emerging: Risk?
  /// The largest expected change for the better, of those more likely than not to be a tenth or more if there is one.
  let improvement: Risk?
  /// Groups in reporting order, then measures as in the data.
  let themes: [Theme]
  /// Flagged tests that are shown, in the order they are shown in.
  private(set) var shownTests: [PeriodTest] = []

  /// What figures are claimed by.
  let claims: ClaimCodes

  private let areaSlugs: Slugs
  private let measureSlugs: Slugs
  private let riskIndex: [RiskKey: Int]
  private let risksByArea: [String: [Risk]]
  /// Of a problem with a page, the name of its place that the page goes by.
  private let detailedPlaces: [Problem: String]
  private let partnershipNames: Set<String>

  /// A subject across all places.
  struct Theme: Hashable {
    let measure: Measure
    var label: String { measure.label }
    /// The name for people.
    var title: String { Wording.name(measure.label) }
    var isGroup: Bool { measure.isGroup }
  }

  struct RiskKey: Hashable {
    let area: String
    let level: AreaLevel
    let measure: MeasureID
  }

  /// A measure in a place, whatever the name that the place goes by.
  private struct Problem: Hashable {
    let place: String
    let measure: MeasureID

    init(_ risk: Risk, _ assessment: StrategicAssessment) {
      place = assessment.names(of: risk.area.name).first?.name ?? risk.area.name
      measure = risk.measure.id
    }
  }

  /// - Parameter pages: which places have a page, where there are more than ``PlacePages/most``.
  init(_ assessment: StrategicAssessment, version: String, pages: PlacePages = PlacePages()) {
    self.assessment = assessment
    self.version = version
    periods = PeriodText(frequency: assessment.data.panel.frequency)
    span = assessment.data.panel.span

    risksByArea = Dictionary(grouping: assessment.risks, by: \.area.name)
    riskIndex = Dictionary(
      assessment.risks.enumerated().map { (RiskKey($1), $0) }, uniquingKeysWith: { first, _ in first })
    rankedLevel = assessment.headlineLevel
    rankedKind = assessment.headlineKind
    wholeName = PackContext.wholeName(assessment)
    places = PackContext.places(assessment)
    partnerships = pages.chosen(from: places, among: assessment.areas)
    partnershipNames = Set(partnerships.map(\.name))

    let ranked = assessment.risks(level: rankedLevel, groups: false, kind: rankedKind)
    topRisks = Array(ranked.prefix(10))
    emerging =
      (ranked.first { $0.isLikelyToGetWorse(assessment.configuration.profile) }
      ?? ranked.first { $0.recommendation != .returnToUsual && $0.polarity.worse != nil }).flatMap {
        ($0.score?.total ?? 0) > 0 ? $0 : nil
      }
    improvement = PackContext.strongestImprovement(ranked)
    var detailed: [Risk] = []
    var places: [Problem: String] = [:]
    func add(_ risk: Risk) {
      // A partnership and its only district are one place, which has one page.
      let problem = Problem(risk, assessment)
      guard places[problem] == nil else { return }
      places[problem] = risk.area.name
      detailed.append(risk)
    }
    topRisks.forEach(add)
    emerging.map(add)
    improvement.map(add)
    for place in partnerships {
      PackContext.risks(of: place, among: risksByArea[place.name], groups: false).prefix(5).forEach(add)
      // What gives evidence on a current priority has its page, whatever its rank.
      for priority in assessment.reference.priorities.byPartnership[place.name] ?? [] {
        let evidence =
          PackContext.risks(of: place, among: risksByArea[place.name], groups: false)
          + PackContext.risks(of: place, among: risksByArea[place.name], groups: true)
        evidence.filter { priority.measures.contains($0.measure.id) }.forEach(add)
      }
    }
    detailedRisks = detailed
    detailedPlaces = places

    themes = PackContext.themes(assessment)
    areaSlugs = Slugs(assessment.areas.map(\.name) + assessment.series.map(\.area.name))
    measureSlugs = Slugs(themes.map(\.measure.label) + assessment.risks.map(\.measure.label))
    claims = ClaimCodes(
      places: PackContext.placeNames(assessment), measures: themes.map(\.measure.id))
    shownTests = testsToShow()
  }

  private static func wholeName(_ assessment: StrategicAssessment) -> String {
    if let title = assessment.configuration.title, !title.isEmpty { return title }
    let home = assessment.data.areas.values.filter { $0.level != .residual }
    let isDistricts = home.allSatisfy { $0.level == .district }
    return "all \(home.count) \(isDistricts ? "districts" : "areas") together"
  }

  static func places(_ assessment: StrategicAssessment) -> [Area] {
    var names = Set<String>()
    var places = assessment.areas.filter { $0.level == .authority && names.insert($0.name).inserted }
    places += assessment.areas.filter { $0.level == .csp && names.insert($0.name).inserted }
    places += assessment.areas.filter { area in
      guard area.level == .district || area.level == .unclassified else { return false }
      return !names.contains(area.csp ?? area.name) && names.insert(area.name).inserted
    }
    if places.isEmpty { places = assessment.areas.filter { names.insert($0.name).inserted } }
    return places
  }

  /// Of the risks of all areas of a place's name, those of the place's own level, or all where it has none.
  private static func risks(of place: Area, among named: [Risk]?, groups: Bool) -> [Risk] {
    let risks = (named ?? []).filter { $0.isGroup == groups }
    let own = risks.filter { $0.area.level == place.level }
    return own.isEmpty ? risks : own
  }

  private static func strongestImprovement(_ ranked: [Risk]) -> Risk? {
    // What only returns to what was usual is no improvement, and of what is neither better nor worse there is none.
    let improving = ranked.filter {
      ($0.score?.expectedChange ?? 0) < 0 && $0.recommendation != .returnToUsual && $0.polarity.worse != nil
    }
    let likely = improving.filter { ($0.chances?.better ?? 0) >= 0.5 }
    var best: Risk?
    for risk in likely.isEmpty ? improving : likely
    where (risk.score?.expectedChange ?? 0) < (best?.score?.expectedChange ?? 0) {
      best = risk
    }
    return best
  }

  /// The names of each place of the run, once.
  private static func placeNames(_ assessment: StrategicAssessment) -> [[String]] {
    var seen = Set<String>()
    return (assessment.areas.map(\.name) + assessment.series.map(\.area.name)).compactMap { name in
      guard !seen.contains(name) else { return nil }
      let names = [name] + assessment.names(of: name).map(\.name)
      seen.formUnion(names)
      return names
    }
  }

  /// Groups in the order of the registry, then single measures as in the data.
  private static func themes(_ assessment: StrategicAssessment) -> [Theme] {
    var seen = Set<MeasureID>()
    let met = assessment.series.map(\.measure).filter { seen.insert($0.id).inserted }
    let groups = assessment.reference.measures.groups.filter { group in met.contains { $0.id == group.id } }
    return (groups + met.filter { !$0.isGroup }).map(Theme.init)
  }
}

extension PackContext.RiskKey {
  init(_ risk: Risk) { self.init(area: risk.area.name, level: risk.area.level, measure: risk.measure.id) }
}

// Rows and links.
extension PackContext {
  /// Risks of a place, in rank order.
  func risks(of place: Area, groups: Bool) -> [Risk] {
    PackContext.risks(of: place, among: risksByArea[place.name], groups: groups)
  }

  /// The risk of a measure in a place, at the place's own level or, failing that, at any.
  func risk(in place: Area, measure: MeasureID) -> Risk? {
    for level in [place.level, .authority, .csp, .district, .unclassified, .residual, .force, .whole] {
      if let index = riskIndex[RiskKey(area: place.name, level: level, measure: measure)] {
        return assessment.risks[index]
      }
    }
    return nil
  }

  /// The risk of a measure in a place at exactly its own level.
  func ownRisk(in place: Area, measure: MeasureID) -> Risk? {
    riskIndex[RiskKey(area: place.name, level: place.level, measure: measure)].map { assessment.risks[$0] }
  }

  /// Whether places are so many that some have no page.
  var leavesPlacesOut: Bool { partnerships.count < places.count }

  /// What a page says where it leaves places out; nothing where it has all.
  func placesLeftOut(_ what: String) -> Markup {
    guard leavesPlacesOut else { return .empty }
    return .paragraph(
      "This pack is of \(NumberText.grouped(places.count)) places: \(what), and those of the places that were asked for (\(NumberText.grouped(partnerships.count))). The data files hold all.",
      className: "note")
  }

  /// Places that tables of every place have: all, or where some have no page the widest and those that do.
  func isListed(_ place: Area) -> Bool {
    !leavesPlacesOut || hasPage(place) || [.whole, .force].contains(place.level)
      || districts(ofPages: place)
  }

  /// Whether a district is one of a place with a page.
  private func districts(ofPages place: Area) -> Bool {
    place.level == .district
      && (place.csp.map(partnershipNames.contains) ?? false || place.authority.map(partnershipNames.contains) ?? false)
  }

  /// The series a risk rests on; one that stands alone has no measure in its key.
  func series(of risk: Risk) -> AssessedSeries? {
    assessment.series(risk.key) ?? assessment.series(SeriesKey(area: risk.area.name, measure: nil))
  }

  /// Districts of a partnership, or of an authority of the footprint.
  func districts(of place: Area) -> [Area] {
    assessment.areas.filter { area in
      area.level == .district
        && (place.level == .authority ? area.authority == place.name : area.csp == place.csp ?? place.name)
    }
  }

  /// Words about a risk.
  func words(_ risk: Risk) -> RiskWords {
    RiskWords(risk: risk, periods: periods, place: risk.area.level == .whole ? displayName(risk.area) : nil)
  }

  func hasPage(_ risk: Risk) -> Bool {
    detailedPlaces[Problem(risk, assessment)] != nil
  }

  func hasPage(_ place: Area) -> Bool { partnershipNames.contains(place.name) }

  /// `oxford--shoplifting`: the parts hold no double hyphen, so no two pairs share a slug.
  func slug(_ area: String, _ measure: String) -> String { "\(areaSlugs[area])--\(measureSlugs[measure])" }
  func slug(area: String) -> String { areaSlugs[area] }
  func slug(measure: String) -> String { measureSlugs[measure] }

  /// Of a place with several names, the page is found by each.
  func path(of risk: Risk) -> String {
    let place = detailedPlaces[Problem(risk, assessment)] ?? risk.area.name
    return "priorities/\(slug(place, risk.measure.label)).html"
  }
  func path(of place: Area) -> String { "partnerships/\(slug(area: place.name)).html" }
  func path(of theme: Theme) -> String { "themes/\(slug(measure: theme.measure.label)).html" }

  /// Name of the area the pack is about.
  var title: String {
    if let title = assessment.configuration.title, !title.isEmpty { return title }
    let authorities = assessment.areas.filter { $0.level == .authority }.map(\.name)
    let places =
      authorities.isEmpty
      ? assessment.areas.filter { [.district, .unclassified].contains($0.level) }.map(\.name) : authorities
    if (1...5).contains(places.count) { return Wording.list(places) }
    var seen = Set<String>()
    let forces = assessment.areas.compactMap(\.force).filter { seen.insert($0).inserted }
    return (1...4).contains(forces.count) ? Wording.list(forces) : "\(places.count) areas"
  }

  /// "Apr 2014 to Dec 2025".
  var periodCovered: String { span.map { periods.range($0.lowerBound, $0.upperBound) } ?? "no period" }

  var extraction: String {
    assessment.configuration.extractionDate.map { "Data extracted \($0)" } ?? "Date of data extraction not stated"
  }

  /// "recorded crime and anti-social behaviour, 5 districts in 4 partnerships".
  var scope: String {
    let measures = themes.map(\.measure).filter { !$0.isGroup }
    var what: [String] = measures.contains(where: \.isCrime) ? ["recorded crime"] : []
    what += measures.filter { $0.isKnown && !$0.isCrime && $0.kind == .count }.map { $0.label.lowercased() }
    let others: [(MeasureKind, String)] = [(.proportion, "share"), (.value, "value")]
    for (kind, noun) in others {
      let count = measures.count { $0.kind == kind }
      if count > 0 { what.append("\(count) \(noun)\(count == 1 ? "" : "s")") }
    }
    let unknown = measures.count { !$0.isKnown && $0.kind == .count }
    if unknown > 0 { what.append("\(unknown) measure\(unknown == 1 ? "" : "s") of the source's own") }
    if what.isEmpty { what = ["recorded counts"] }
    let districts = assessment.areas.filter { $0.level == .district }.count
    let csps = assessment.areas.filter { $0.level == .csp }.count
    let authorities = assessment.areas.filter { $0.level == .authority }.count
    let areas = assessment.areas.filter { $0.level == .unclassified }.count
    let wards = assessment.areas.filter { $0.level == .ward }.count
    let lsoas = assessment.areas.filter { $0.level == .lsoa }.count
    var places: [String] = []
    if lsoas > 0 { places.append("\(lsoas) LSOA\(lsoas == 1 ? "" : "s")") }
    if wards > 0 { places.append("\(wards) ward\(wards == 1 ? "" : "s")") }
    if districts > 0 { places.append("\(districts) district\(districts == 1 ? "" : "s")") }
    // Where every district is a partnership of its own there is nothing to tell apart.
    if csps > 0, csps != districts { places.append("\(csps) partnership\(csps == 1 ? "" : "s")") }
    if authorities > 0 { places.append("\(authorities) \(authorities == 1 ? "authority" : "authorities")") }
    let tiers = places.joined(separator: " in ")
    let loose = areas > 0 ? ["\(areas) \(tiers.isEmpty ? "" : "other ")area\(areas == 1 ? "" : "s")"] : []
    let all = ((tiers.isEmpty ? [] : [tiers]) + loose).joined(separator: " and ")
    return Wording.sentence(Wording.list(what)) + (all.isEmpty ? "" : ", " + all)
  }

  var harmWeights: HarmWeights? {
    let sets = assessment.reference.harmWeights
    return sets.first { $0.name == assessment.configuration.harmWeights } ?? sets.first
  }

  /// Why a risk has no harm weight.
  func reasonUnweighted(_ risk: Risk) -> String {
    harmWeights?.reasonUnweighted(risk.measure.name) ?? "no set of harm weights was used"
  }

  /// Whether a test is shown as an exception.
  func isShown(_ test: PeriodTest) -> Bool {
    assessment.configuration.exceptionRule.holds(test)
  }

  func words(_ test: PeriodTest) -> ExceptionWords {
    let series = assessment.series(test.key)
    return ExceptionWords(
      test: test, label: Wording.name(series?.label ?? test.key.measure ?? "this series"),
      area: displayName(test.key.area))
  }
}
