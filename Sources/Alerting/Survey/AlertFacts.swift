import ExceptionDetection
import Tables
import TimeSeries
import Wording

/// The figures and sentences of a message: all of them the detector's own.
public struct AlertFacts: Hashable, Sendable, Codable {
  /// What an area adds to a rise of all areas.
  public struct Part: Hashable, Sendable, Codable {
    /// The area.
    public let area: String
    /// How many more (below 0: fewer) than expected.
    public let excess: Double?

    /// As people read it: Bristol +44.
    func words(_ mark: String = " ") -> String? {
      excess.map { "\(area)\(mark)\($0.rounded() > 0 ? "+" : "")\(NumberText.grouped($0.rounded()))" }
    }
  }

  /// A period of the table of numbers.
  public struct Row: Hashable, Sendable, Codable {
    /// The period: Oct 2026.
    public let period: String
    /// What was recorded; nil where it is missing.
    public let observed: Double?
    /// What was expected; nil without a verdict.
    public let expected: Double?
    /// The limits in force.
    public let lower: Double?
    /// The limits in force.
    public let upper: Double?

    /// The limits as people read them.
    var usual: String {
      lower == nil && upper == nil ? "-" : "\(AlertMessage.number(lower)) to \(AlertMessage.number(upper))"
    }
  }

  /// The measure as people see it.
  public let label: String
  /// The place as people see it.
  public let place: String
  /// Whether it is higher than expected.
  public let isHigher: Bool
  /// spike, run, shift, ramp or drop.
  public let shape: String
  /// First period of the episode.
  public let onset: String
  /// Period whose verdict opened it.
  public let opened: String
  /// Last unusual period.
  public let last: String
  /// Periods of the episode with a verdict, which the sums are over; nil where all have one.
  public let judged: Int?
  /// Sum over the episode's judged periods; nil of a share or value.
  public let observed: Double?
  /// What was expected of them.
  public let expected: Double?
  /// How many more (below 0: fewer) than expected.
  public let excess: Double?
  /// The same in per cent of what was expected; nil on a base under 30.
  public let excessPercent: Double?
  /// Chance of figures as unusual as those that opened it.
  public let probability: Double?
  /// Smallest false-discovery rate at which the opening verdict is an exception.
  public let falseDiscoveryRate: Double?
  /// How large it is and where it stands, in sentences.
  public let sentences: [String]
  /// The chance that any of the next few periods is an exception too, as a sentence; nil where it is not known.
  public let chance: String?
  /// The same, 0 to 1.
  public let chanceAhead: Double?
  /// What would make the alert go away.
  public let ending: String
  /// What each area adds; empty for a single area.
  public let parts: [Part]
  /// The last thirteen judged periods, oldest first.
  public let rows: [Row]

  /// The areas that a reader is told of: the largest of those that add to it, and the others together.
  private var told: [Part] {
    let adding = parts.prefix(AlertFacts.mostParts).prefix { part in
      part.excess.map { (isHigher ? $0 : -$0).rounded() >= 1 } ?? false
    }
    let others = parts.dropFirst(adding.count)
    let rest = Part(
      area: "\(NumberText.counted(others.count, adding.isEmpty ? "area" : "other area")) together",
      excess: others.reduce(0) { $0 + ($1.excess ?? 0) })
    return Array(adding) + (others.isEmpty ? [] : [rest])
  }

  /// The same as people read them.
  func told(mark: String = " ") -> [String] { told.compactMap { $0.words(mark) } }

  /// That what the areas add is not the size of the whole, as a sentence; nil where it is.
  var difference: String? { excess.flatMap { Story.difference(parts: told.compactMap(\.excess), whole: $0) } }

  /// Areas that are told by name.
  private static let mostParts = 8

  /// What a dash in the table means; nil where there is none.
  var unjudged: String? {
    guard rows.contains(where: { $0.expected == nil }) else { return nil }
    return "A dash: not judged, as its figure is missing, a known break lies in it, or too little was known before it."
  }

  init(
    _ episode: Episode, story: Story?, test: PeriodTest?, trace: EpisodeReport.Trace?, label: String, place: String,
    newest: Period, quietPeriods: Int, chanceAhead: Double?, hasRate: Bool
  ) {
    let words = PeriodText(frequency: newest.frequency)
    let noun = newest.frequency.noun
    self.label = label
    self.place = place
    isHigher = episode.isHigher
    shape = episode.shape.rawValue
    onset = words.label(episode.onset)
    opened = words.label(episode.opened)
    last = words.label(episode.last)
    judged = episode.judged < episode.periods ? episode.judged : nil
    // Of a share or value periods add up to nothing.
    let isCount = episode.latest.figure == .count
    observed = isCount ? known(episode.observed) : nil
    expected = isCount ? known(episode.expected) : nil
    excess = isCount ? known(episode.excess) : nil
    excessPercent = isCount && episode.expected >= 30 ? known(100 * episode.excess / episode.expected) : nil
    probability = known(episode.isHigher ? episode.opening.pValue : episode.opening.pLow)
    falseDiscoveryRate = hasRate ? known(episode.openingQ) : nil
    let told = (story ?? Story(alone: episode)).explanation(label: label, area: place)
    let tests = trace?.tests.filter { $0.period <= newest } ?? []
    let before = newest.frequency.seasonLength > 1 ? episode.last - newest.frequency.seasonLength : nil
    let yearBefore = tests.last { $0.period == before }.flatMap { test in
      test.observed.map { "A year before, in \(words.label(test.period)), it was \(AlertMessage.number(known($0)))." }
    }
    sentences = [told.expectation, told.reason] + [yearBefore].compactMap(\.self)
    self.chanceAhead = chanceAhead
    chance = chanceAhead.map {
      "The chance that any of the next \(NumberText.spelled(ExceptionOutlook.periods)) \(noun)s is an exception too is \(NumberText.percent($0)), if it goes on as it is."
    }
    parts = story?.contributions.map { Part(area: $0.area, excess: known($0.excess)) } ?? []
    let limit = test.flatMap { test -> String? in
      let edge = episode.isHigher ? test.upper : test.lower
      guard edge.isFinite else { return nil }
      return " (of \(words.label(test.period)) that is \(episode.isHigher ? "at most" : "at least") "
        + "\(NumberText.grouped(edge.rounded())))"
    }
    ending =
      "It is over after \(NumberText.spelled(quietPeriods)) \(noun)\(quietPeriods == 1 ? "" : "s") in a row within what is "
      + "expected\(limit ?? ""); a level that lasts a year becomes what is expected, and a named analyst may declare it so before."
    rows = tests.suffix(13).map {
      Row(
        period: words.label($0.period), observed: known($0.observed), expected: known($0.expected),
        lower: known($0.lower), upper: known($0.upper))
    }
  }
}
