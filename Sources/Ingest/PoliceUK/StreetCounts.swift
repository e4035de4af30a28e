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

  /// No counts yet. `areas` tells which areas are kept; `classes` nil leaves outcomes out.
  init(areas: [Bool], types: [String], months: Int, outcomes: [String], classes: OutcomeClasses?) {
    self.types = types
    self.months = months
    self.outcomes = outcomes
    self.classes = classes.map { known in outcomes.map { known[$0] ?? .notDetected } }
    unlisted = classes.map { known in outcomes.filter { known[$0] == nil } } ?? []
    recorded = areas.map { $0 ? [Double](repeating: 0, count: types.count * months) : [] }
    if classes != nil { detected = recorded }
    crimes = [Int](repeating: 0, count: months)
    undecided = crimes
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
    crimes[month] += rows
    switch classes[outcome] {
    case .detected: detected[area][position] += Double(rows)
    case .undecided: undecided[month] += rows
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
    return counts
      + types.indices.filter { StreetCounts.hasOutcomes(types[$0]) }.map { type in
        let (all, found) = (monthly(type, of: recorded), monthly(type, of: detected))
        return Series(
          key: SeriesKey(area: name, measure: OutcomeClasses.detectedMeasure(of: types[type])), start: start,
          values: zip(found, all).map { $1 > 0 ? $0 / $1 : .nan }, kind: .proportion, denominators: all,
          partial: counts[type].partial)
      }
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
