import CommunitySafety
import TimeSeries

/// Counts of a run's areas by crime type and month, and of those detected, from which its series are made.
struct StreetCounts {
  private let types: [String]
  private let months: Int
  private let outcomes: [String]
  /// Class of each outcome; nil where outcomes are not told apart.
  private let classes: [OutcomeClasses.Class]?
  private let unlisted: [String]
  /// Per area, for each type its months one after the other; empty for an area that is not kept.
  private var recorded: [[Double]]
  private var detected: [[Double]] = []
  /// Crimes per month, and those of them without a final word.
  private var crimes: [Int]
  private var undecided: [Int]
  /// Force of each area.
  private let forces: [Int]
  /// The same by force, its months one after the other.
  private var ofForces: (crimes: [Int], undecided: [Int])

  /// No counts yet. `areas` tells which areas are kept, `forces` the force of each; `classes` nil leaves outcomes out.
  init(
    areas: [Bool], forces: [Int], types: [String], months: Int, outcomes: [String], classes: OutcomeClasses?
  ) {
    self.types = types
    self.months = months
    self.outcomes = outcomes
    self.classes = classes.map { known in outcomes.map { known[$0] ?? .notDetected } }
    unlisted = classes.map { known in outcomes.filter { known[$0] == nil } } ?? []
    recorded = areas.map { $0 ? [Double](repeating: 0, count: types.count * months) : [] }
    if classes != nil { detected = recorded }
    crimes = [Int](repeating: 0, count: months)
    undecided = crimes
    self.forces = forces
    let none = [Int](repeating: 0, count: months * ((forces.max() ?? -1) + 1))
    ofForces = (none, none)
  }

  /// Counts the rows of a cell in an area that is kept.
  mutating func add(_ cell: StreetCell, area: Int, month: Int) {
    add(cell.rows, type: cell.type, outcome: cell.outcome, area: area, month: month)
  }

  /// Counts rows of a crime type and outcome in an area that is kept.
  mutating func add(_ rows: Int, type: Int, outcome: Int, area: Int, month: Int) {
    let position = type * months + month
    recorded[area][position] += Double(rows)
    guard let classes, StreetCounts.hasOutcomes(types[type]) else { return }
    let ofForce = forces[area] * months + month
    crimes[month] += rows
    ofForces.crimes[ofForce] += rows
    switch classes[outcome] {
    case .detected: detected[area][position] += Double(rows)
    case .undecided:
      undecided[month] += rows
      ofForces.undecided[ofForce] += rows
    case .notDetected: break
    }
  }

  /// The series of an area: its types, then where outcomes are counted the share of each type that was detected.
  func series(
    area: Int, named name: String, start: Period, force: Int, isThere: [Bool], trust: StreetTrust
  ) -> [Series] {
    func monthly(_ type: Int, of values: [[Double]]) -> [Double] {
      (0..<months).map { month in
        isThere[month] && trust.isUsed(force: force, type: type, month: month)
          ? values[area][type * months + month] : .nan
      }
    }
    let counts = types.indices.map { type in
      Series(
        key: SeriesKey(area: name, measure: types[type]), start: start, values: monthly(type, of: recorded),
        partial: trust.partial(force: force, type: type).filter { isThere[$0] })
    }
    guard classes != nil else { return counts }
    let pending = pending(force: force, isThere: isThere)
    return counts
      + types.indices.filter { StreetCounts.hasOutcomes(types[$0]) }.map { type in
        let (all, found) = (monthly(type, of: recorded), monthly(type, of: detected))
        return Series(
          key: SeriesKey(area: name, measure: OutcomeClasses.detectedMeasure(of: types[type])), start: start,
          values: zip(found, all).map { $1 > 0 ? $0 / $1 : .nan }, kind: .proportion, denominators: all,
          partial: Set(counts[type].partial).union(pending).sorted())
      }
  }

  /// Excess of crimes without a final word over what a force is left with for good, from which outcomes are still coming in.
  private static let pendingExcess = 0.02
  /// Months by which a force's outcomes have mostly come in.
  private static let settled = 12

  /// The newest months of a force whose outcomes are still coming in: of so many more of their crimes than of settled ones there is no
  /// final word that the share detected will rise. A fall of it there is no fall: these months are known in part.
  ///
  /// Settled are months of one to two years before the last, of a shorter history those before it, of one of a few months the month
  /// with the least undecided.
  func pending(force: Int, isThere: [Bool]) -> [Int] {
    let known = (0..<months).filter { isThere[$0] && ofForces.crimes[force * months + $0] > 0 }
    guard classes != nil, let last = known.last else { return [] }
    func share(_ month: Int) -> Double {
      Double(ofForces.undecided[force * months + month]) / Double(ofForces.crimes[force * months + month])
    }
    var old = known.filter { $0 <= last - StreetCounts.settled && $0 > last - 2 * StreetCounts.settled }
    if old.count < 3 { old = known.filter { $0 <= last - StreetCounts.settled } }
    let shares = (old.count < 3 ? known : old).map(share).sorted()
    let usual = old.count < 3 ? shares[0] : shares[shares.count / 2]
    var newest: [Int] = []
    for month in known.reversed() {
      let scatter = (usual * (1 - usual) / Double(ofForces.crimes[force * months + month])).squareRoot()
      guard share(month) > usual + max(StreetCounts.pendingExcess, 3 * scatter) else { break }
      newest.append(month)
    }
    return newest.reversed()
  }

  /// What to say about outcomes.
  var notes: [DataNote] {
    guard classes != nil else { return [] }
    let latest = crimes.indices.last { crimes[$0] > 0 }
    var notes = [
      DataNote.street(
        .outcomesAsOfArchive(
          undecided: undecided.reduce(0, +), of: crimes.reduce(0, +), latestUndecided: latest.map { undecided[$0] },
          latestOf: latest.map { crimes[$0] }))
    ]
    if !unlisted.isEmpty { notes.append(.street(.unrecognisedOutcomes(unlisted))) }
    return notes
  }

  /// Anti-social behaviour is not crime and has no outcome.
  private static func hasOutcomes(_ type: String) -> Bool { type != CrimeType.antiSocialBehaviour.rawValue }
}
