import TimeSeries

/// The measures and groups that Horizon knows (`Models/measures.yaml`, `Models/groupings.yaml`).
public struct MeasureRegistry: Sendable {
  /// Known single measures, in file order.
  public let measures: [Measure]
  /// Groups, in the order they are reported.
  public let groups: [Measure]
  private let byText: [String: Int]
  private let byID: [MeasureID: Int]
  private var all: [Measure] { measures + groups }

  /// A registry of measures and groups. Of two with one name or identity the first counts.
  public init(measures: [Measure], groups: [Measure]) {
    self.measures = measures
    self.groups = groups
    let all = measures + groups
    byID = Dictionary(all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    byText = Dictionary(
      all.enumerated().map { ($1.name, $0) } + all.enumerated().map { ($1.label, $0) }
        + all.enumerated().map { ($1.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The measure of this identity; nil if no file knows it.
  public subscript(id: MeasureID) -> Measure? { byID[id].map { all[$0] } }

  /// The measure of this name, label or identifier; nil if no file knows it.
  public func measure(named text: String) -> Measure? { byText[text].map { all[$0] } }

  /// What a series measures. A registered name counts only for the kind it was registered with: a share under the name
  /// of a count is not that count.
  ///
  /// Shares that ingest makes of registered measures are known with them: "X (detected)", of which more is better, and
  /// those of repeats (``RepeatMeasures``), of which less is.
  ///
  /// - Parameters:
  ///   - name: the measure of the series' key, or its area where it stands alone.
  ///   - kind: what kind of number the series holds.
  ///   - unit: unit of a value, from the data.
  public func measure(_ name: String, kind: MeasureKind, unit: String? = nil) -> Measure {
    if let known = measure(named: name), known.kind == kind { return known }
    if kind == .proportion, let derived = detected(name) { return derived }
    if let repeats = RepeatMeasures.measure(name, kind: kind) { return repeats }
    return .unknown(name, kind: kind, unit: unit)
  }

  private func detected(_ name: String) -> Measure? {
    guard name.hasSuffix(OutcomeClasses.detectedSuffix),
      let base = measure(named: String(name.dropLast(OutcomeClasses.detectedSuffix.count)))
    else { return nil }
    return Measure(
      id: MeasureID("\(base.id)-detected"), name: name, kind: .proportion, polarity: .higherIsBetter, isCrime: false,
      caveat: MeasureRegistry.lateOutcomes)
  }

  /// The same registry with, of each group of counts, the share detected of all its members together, where the data has that of each:
  /// of serious acquisitive crime the pooled share of burglary, robbery and vehicle crime.
  ///
  /// - Parameter names: of the measures of the data.
  public func withDetectedGroups(among names: some Sequence<String>) -> MeasureRegistry {
    let names = Set(names)
    let derived = groups.compactMap { group -> Measure? in
      let members = (group.members ?? []).compactMap { self[$0]?.name }
      guard group.kind == .count, members.count == group.members?.count, members.count > 1,
        members.allSatisfy({ names.contains(OutcomeClasses.detectedMeasure(of: $0)) })
      else { return nil }
      return Measure(
        id: MeasureID("\(group.id)-detected"), name: OutcomeClasses.detectedMeasure(of: group.name), kind: .proportion,
        polarity: .higherIsBetter, isCrime: false, caveat: MeasureRegistry.lateOutcomes,
        members: members.map { measure(OutcomeClasses.detectedMeasure(of: $0), kind: .proportion).id },
        proxyReason: group.proxyReason)
    }
    guard !derived.isEmpty else { return self }
    let shares = measures.filter { names.contains(OutcomeClasses.detectedMeasure(of: $0.name)) }
      .map { measure(OutcomeClasses.detectedMeasure(of: $0.name), kind: .proportion) }
    return MeasureRegistry(measures: measures + shares, groups: groups + derived)
  }

  private static let lateOutcomes =
    "Outcomes come months after the crime: the share of the newest months is still rising."
}
