import CommunitySafety
import Diagnostics
import Forecasting
import NumericCore
import Parallelism
import TimeSeries

/// What an intervention is to be judged by: which places had it, which did not, where crime may have moved to, and since when.
public struct EvaluationDesign: Hashable, Sendable {
  /// Places that had it.
  public var treated: [String]
  /// Places like them that did not.
  public var control: [String]
  /// Places that crime may have moved to; none if nobody looks.
  public var displacement: [String] = []
  /// Places like those; none if the control does for them.
  public var displacementControl: [String] = []
  /// First period with it.
  public var from: Period
  /// Last period that counts; nil for the end of the data.
  public var through: Period?

  /// A design.
  public init(treated: [String], control: [String], from: Period) {
    (self.treated, self.control, self.from) = (treated, control, from)
  }

  /// Every place that it names.
  public var places: [String] { treated + control + displacement + displacementControl }
}

/// An intervention judged on one measure.
///
/// The time after is set beside the same calendar periods of an earlier year, the latest that lies wholly before: season is on both
/// sides. A period that any of the places lacks is left out of all of them.
public struct Evaluation: Sendable {
  /// What was expected of the treated places without the intervention, by a forecast made on the day before it began.
  public struct Counterfactual: Hashable, Sendable {
    /// What was recorded.
    public let recorded: Double
    /// Mean of what was expected.
    public let mean: Double
    /// Central 80 % interval of it.
    public let inner: ClosedRange<Double>
    /// Central 95 % interval of it.
    public let outer: ClosedRange<Double>
    /// Part of the futures in which no more than what was recorded comes about: small for fewer than expected.
    public let probability: Double
  }

  /// The same test where nothing was done.
  public struct Placebo: Hashable, Sendable {
    /// The place, or nil for the treated places at another time.
    public let area: String?
    /// The first period after.
    public let from: Period
    /// Its difference, and that in standard errors.
    public let difference: Double
    /// The difference in standard errors.
    public let z: Double
  }

  /// The measure.
  public let measure: String
  /// The design.
  public let design: EvaluationDesign
  /// Periods after, known everywhere.
  public let after: [Period]
  /// The periods before that they are set beside.
  public let before: [Period]
  /// Periods after that some place lacks, here or before.
  public let missing: [Period]
  /// The test, with the scatter of the counts before.
  public let test: DisplacementTest
  /// By the forecast of the treated places alone; nil where it cannot be made.
  public let counterfactual: Counterfactual?
  /// The same moved by how far the control came out from its own forecast; nil without a control that can be forecast.
  public let adjusted: Counterfactual?
  /// The test at earlier dates.
  public let placeboDates: [Placebo]
  /// The test of other places.
  public let placeboAreas: [Placebo]
  /// The smallest fall that would have been found with 80 % probability, as a share; nil if none would.
  public let detectable: Double?
  /// Changes of recording between the two sides.
  public let steps: [Intervention]

  /// Part of the placebos, this one among them, that fell as far in standard errors: 1 in 20 at the least for a claim at 5 %.
  public static func rank(_ z: Double, among placebos: [Placebo]) -> Double? {
    placebos.isEmpty ? nil : Double(1 + placebos.count { $0.z <= z }) / Double(placebos.count + 1)
  }
}

/// Judges an intervention.
public struct Evaluator: Sendable {
  /// What was counted, of places that hold no others.
  public var panel: Panel
  /// The interventions that concern a series.
  public var interventions: Interventions
  /// Draws of forecasts; 0 for none, and no counterfactual.
  public var pathCount = 1000
  /// Seed of draws.
  public var seed: UInt64 = 1
  /// Worker threads; results do not depend on it.
  public var threads = 1

  /// An evaluator.
  public init(_ panel: Panel, interventions: Interventions = Interventions()) {
    (self.panel, self.interventions) = (panel, interventions)
  }

  /// Years of history by which scatter is measured and dates of placebos are found.
  static let historyYears = 5

  /// Judges one measure.
  ///
  /// - Parameter measures: names of its series, several for a group.
  /// - Throws: `HorizonError` of kind data where nothing is known before or after.
  public func evaluate(_ name: String, measures: [String], _ design: EvaluationDesign) async throws -> Evaluation {
    let counts = Counts(panel, measures: Set(measures))
    let end = min(design.through ?? counts.end, counts.end)
    guard design.from <= end else {
      throw HorizonError(
        .data, "nothing is recorded from \(PeriodText.label(of: design.from)) on",
        remedy: "Use --plan for what is to come, or give newer data")
    }
    let length = end - design.from + 1
    guard let windows = Windows(counts, design.places, from: design.from, length: length) else {
      throw HorizonError(
        .data,
        "\(name): no period after \(PeriodText.label(of: design.from)) is known in all of the places here and in an earlier year",
        remedy: "Give a longer history, or name other places")
    }
    let scatter = scatter(counts, design)
    let test = counts.test(design, windows, scatter: scatter)
    let (plain, adjusted) = try await counterfactuals(counts, design, windows, measures: Set(measures))
    let steps = Set(
      counts.series(of: design.places).flatMap { interventions[$0.key] }.filter {
        $0.effect == .step && $0.start > windows.before[0] && $0.start <= end
      })
    return Evaluation(
      measure: name, design: design, after: windows.after, before: windows.before, missing: windows.missing, test: test,
      counterfactual: plain, adjusted: adjusted,
      placeboDates: placeboDates(counts, design, length: length, scatter: scatter),
      placeboAreas: placeboAreas(counts, design, windows, scatter: scatter), detectable: test.detectable(),
      steps: steps.sorted { ($0.start, $0.note) < ($1.start, $1.note) })
  }

  /// What a plan could find, before any money is spent: the counts of the last year that is known everywhere, taken for what comes too.
  ///
  /// - Parameter length: periods that the intervention is to be judged over.
  /// - Throws: `HorizonError` of kind data where too little is known.
  public func plan(_ name: String, measures: [String], _ design: EvaluationDesign, length: Int) throws
    -> DisplacementTest
  {
    let counts = Counts(panel, measures: Set(measures))
    let first = counts.end - (length - 1)
    let known = (0..<length).map { first + $0 }.filter { period in
      design.places.allSatisfy { counts[[$0], period] != nil }
    }
    guard known.count == length else {
      throw HorizonError(
        .data,
        "\(name): of the last \(PeriodText(frequency: panel.frequency).count(length)) some are not known in all of the places",
        remedy: "Plan with fewer --months, or give the missing figures")
    }
    func same(_ places: [String]) -> BeforeAfter {
      let total = known.reduce(0) { $0 + (counts[places, $1] ?? 0) }
      return BeforeAfter(total, total)
    }
    return DisplacementTest(
      treated: same(design.treated), control: same(design.control), displacement: same(design.displacement),
      displacementControl: same(design.displacementControl), scatter: scatter(counts, design))
  }

  // MARK: Scatter

  /// How much more counts vary than independent events: Pearson's over pairs of the same calendar period in neighbouring years, each pair
  /// of years with a level of its own, over the years before the intervention and all places of the design.
  private func scatter(_ counts: Counts, _ design: EvaluationDesign) -> Double {
    let year = panel.frequency.periodsPerYear
    let end = min(design.from - 1, counts.end)
    var (pearson, freedom) = (0.0, 0.0)
    for places in [design.treated, design.control, design.displacement, design.displacementControl]
    where !places.isEmpty {
      for back in 0..<Evaluator.historyYears - 1 {
        let later = (0..<year).map { end - back * year - $0 }
        let pairs = later.compactMap { period -> (Double, Double)? in
          guard let a = counts[places, period], let b = counts[places, period - year], a + b > 0 else { return nil }
          return (a, b)
        }
        let (a, b) = (pairs.reduce(0) { $0 + $1.0 }, pairs.reduce(0) { $0 + $1.1 })
        guard pairs.count > 1, a > 0, b > 0 else { continue }
        let part = a / (a + b)
        for (x, y) in pairs {
          let expected = (x + y) * part
          let other = (x + y) - expected
          pearson += (x - expected) * (x - expected) / expected + (y - other) * (y - other) / other
        }
        freedom += Double(pairs.count - 1)
      }
    }
    return freedom > 0 ? max(1, pearson / freedom) : 1
  }

  // MARK: Placebos

  private func placeboDates(
    _ counts: Counts, _ design: EvaluationDesign, length: Int, scatter: Double
  ) -> [Evaluation.Placebo] {
    let season = panel.frequency.periodsPerYear
    let step = max(1, season / 4)
    var found: [Evaluation.Placebo] = []
    // None of its periods after is one in which there was an intervention.
    var from = design.from - length
    while from > design.from - Evaluator.historyYears * season - length {
      if let windows = Windows(counts, design.places, from: from, length: length), windows.after.count == length {
        let test = counts.test(design, windows, scatter: scatter)
        if test.z.isFinite {
          found.append(.init(area: nil, from: from, difference: test.difference, z: test.z))
        }
      }
      from = from - step
    }
    return found
  }

  private func placeboAreas(
    _ counts: Counts, _ design: EvaluationDesign, _ windows: Windows, scatter: Double
  ) -> [Evaluation.Placebo] {
    let others = counts.areas.filter { !design.treated.contains($0) && !design.displacement.contains($0) }
    return others.compactMap { area in
      let control = design.control.filter { $0 != area }
      guard !control.isEmpty else { return nil }
      let placebo = EvaluationDesign(treated: [area], control: control, from: design.from)
      guard (windows.after + windows.before).allSatisfy({ counts[[area], $0] != nil }) else { return nil }
      let test = counts.test(placebo, windows, scatter: scatter)
      return test.z.isFinite ? .init(area: area, from: design.from, difference: test.difference, z: test.z) : nil
    }
  }

  // MARK: Counterfactuals

  /// What was expected of the treated places, plain and moved as the control moved.
  private func counterfactuals(
    _ counts: Counts, _ design: EvaluationDesign, _ windows: Windows, measures: Set<String>
  ) async throws -> (Evaluation.Counterfactual?, Evaluation.Counterfactual?) {
    let known = panel.asOf(design.from - 1).filterMap { series -> Series? in
      guard series.kind == .count, measures.contains(series.key.measure ?? series.key.area) else { return nil }
      // All forecasts begin where the intervention does.
      return series.replacing(
        values: series.values + [Double](repeating: .nan, count: max(0, design.from - 1 - series.end)))
    }
    guard pathCount > 0, let last = windows.after.last, !known.series.isEmpty else { return (nil, nil) }
    let engine = ForecastEngine(
      horizon: last - design.from + 1, pathCount: pathCount, seed: seed, threads: threads, interventions: interventions)
    let forecasts = try await engine.run(known)
    let steps = Set(windows.after.map { $0 - design.from })
    /// The sum of the joint draws of some places, and of their means.
    func expected(_ places: [String]) -> (draws: [Double], mean: Double)? {
      var draws = [Double](repeating: 0, count: pathCount)
      var mean = 0.0
      for place in places {
        let own = known.series.indices.filter { known.series[$0].key.area == place }
        guard !own.isEmpty else { return nil }
        for i in own {
          guard let paths = forecasts[i].paths, paths.count == pathCount else { return nil }
          for (path, total) in paths.totals(where: steps.contains).enumerated() { draws[path] += total }
          mean += steps.sorted().reduce(0) { $0 + forecasts[i].forecast.mean[$1] }
        }
      }
      return draws.allSatisfy(\.isFinite) ? (draws, mean) : nil
    }
    func recorded(_ places: [String]) -> Double { windows.after.reduce(0) { $0 + (counts[places, $1] ?? .nan) } }
    guard let treated = expected(design.treated) else { return (nil, nil) }
    let actual = recorded(design.treated)
    let plain = Evaluation.Counterfactual(actual, treated.draws, mean: treated.mean)
    guard let control = expected(design.control), control.mean > 0, control.draws.allSatisfy({ $0 > 0 }) else {
      return (plain, nil)
    }
    let came = recorded(design.control)
    let moved = zip(treated.draws, control.draws).map { $0 * came / $1 }
    return (plain, Evaluation.Counterfactual(actual, moved, mean: moved.reduce(0, +) / Double(moved.count)))
  }
}

extension Evaluation.Counterfactual {
  init(_ recorded: Double, _ draws: [Double], mean: Double) {
    let sorted = draws.sorted()
    func between(_ tail: Double) -> ClosedRange<Double> {
      quantile(tail, ofSorted: sorted)...quantile(1 - tail, ofSorted: sorted)
    }
    self.init(
      recorded: recorded, mean: mean, inner: between(0.1), outer: between(0.025),
      probability: (Double(draws.count { $0 < recorded }) + Double(draws.count { $0 == recorded }) / 2)
        / Double(max(1, draws.count)))
  }
}

/// Counts of one measure by place and period.
private struct Counts {
  let areas: [String]
  let end: Period
  private let byArea: [String: [Series]]

  init(_ panel: Panel, measures: Set<String>) {
    let own = panel.series.filter { $0.kind == .count && measures.contains($0.key.measure ?? $0.key.area) }
    byArea = Dictionary(grouping: own, by: \.key.area)
    var seen = Set<String>()
    areas = own.map(\.key.area).filter { seen.insert($0).inserted }
    end = own.map(\.end).max() ?? panel.span?.upperBound ?? Period(frequency: panel.frequency, ordinal: 0)
  }

  /// The count of some places in a period; nil where any lacks it.
  subscript(places: [String], period: Period) -> Double? {
    var total = 0.0
    for place in places {
      guard let all = byArea[place] else { return nil }
      for series in all {
        guard let value = series[period], !series.isPartial(period) else { return nil }
        total += value
      }
    }
    return total
  }

  func series(of places: [String]) -> [Series] { places.flatMap { byArea[$0] ?? [] } }

  func test(_ design: EvaluationDesign, _ windows: Windows, scatter: Double) -> DisplacementTest {
    func counts(_ places: [String]) -> BeforeAfter {
      func total(_ periods: [Period]) -> Double { periods.reduce(0) { $0 + (self[places, $1] ?? 0) } }
      return BeforeAfter(total(windows.before), total(windows.after))
    }
    return DisplacementTest(
      treated: counts(design.treated), control: counts(design.control), displacement: counts(design.displacement),
      displacementControl: counts(design.displacementControl), scatter: scatter)
  }
}

/// Periods after, and the same calendar periods of the latest earlier year that lies wholly before.
private struct Windows {
  let after: [Period]
  let before: [Period]
  let missing: [Period]

  init?(_ counts: Counts, _ places: [String], from: Period, length: Int) {
    let year = from.frequency.periodsPerYear
    let back = (length + year - 1) / year * year
    let all = (0..<length).map { from + $0 }
    after = all.filter { counts[places, $0] != nil && counts[places, $0 - back] != nil }
    guard !after.isEmpty else { return nil }
    before = after.map { $0 - back }
    let known = Set(after)
    missing = all.filter { !known.contains($0) }
  }
}

extension Evaluation {
  /// The smallest false-discovery rate, over all measures of an evaluation, at which the fall of each is found (Benjamini and Hochberg
  /// 1995).
  public static func rates(_ evaluations: [Evaluation]) -> [Double] {
    benjaminiHochberg(evaluations.map(\.test.probability))
  }
}
