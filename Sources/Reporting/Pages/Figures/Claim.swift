import CommunitySafety
import TimeSeries

/// What a printed number claims: of what, where, when, and what kind of number it is.
///
/// Every figure of a page carries its claim (``Figures``), so that a reader's tool, and the tests, find two numbers that claim the same
/// and differ, and parts that do not make their total.
struct Claim: Hashable {
  /// What kind of number it is. The raw value is what pages carry.
  enum Kind: String, CaseIterable {
    /// As recorded.
    case recorded = "r"
    /// Brought to today's way of recording.
    case comparable = "c"
    /// What a share was made of: numerator and denominator.
    case madeOf = "n"
    /// One-step expectation within the history, which has seen what came after.
    case fitted = "f"
    /// What was expected of a period before it was seen, and the range that was.
    case foreseen = "x"
    case foreseenRange = "y"
    /// What was recorded less what was foreseen.
    case excess = "z"
    /// Of a forecast: its mean, its intervals, its mean less last year, and the score made of it.
    case forecast = "m"
    case interval80 = "i"
    case interval95 = "j"
    case lower80 = "t"
    case upper80 = "u"
    case expectedChange = "e"
    /// The mean as printed less last year as printed.
    case printedChange = "v"
    case score = "o"
    /// The mean of a forecast less last year as the ranking has it: positive for the worse.
    case expectedWorsening = "w"
    /// Probability of a material rise or fall.
    case rise = "p"
    case fall = "q"
    /// Recorded for every 1,000 residents.
    case rate = "k"
    /// Recorded change on an earlier window, and the same like for like.
    case change = "d"
    case comparableChange = "l"
    /// Chance of so large a change if nothing had changed.
    case chance = "s"
    /// Place in the order by expected change of its level, within its own place, and by expected change times harm.
    case rank = "a"
    case placeRank = "b"
    case harmRank = "h"
    /// Harm per offence.
    case harm = "g"
    /// How often it is among the first five or ten when what its rank rests on varies, by expected change, of its place, and by harm;
    /// the central 80 % of its ranks then.
    case top5 = "F"
    case top10 = "T"
    case harmTop5 = "G"
    case harmTop10 = "H"
    case rankRange = "R"
    /// The 95 % interval of the change of the rate on the year before, and the ends of the wide interval by themselves.
    case growthRange = "W"
    case lower95 = "B"
    case upper95 = "A"
    /// Rank by rate among the districts of its force, and the chances of the lowest and highest quarter of them.
    case peerRank = "K"
    case lowestQuarter = "Y"
    case highestQuarter = "Z"
    /// Probability of more than last year, and of more than a target or threshold.
    case above = "M"
    case aboveTarget = "N"
    case aboveThreshold = "O"
    /// Impact, likelihood and their product under a scoring scheme.
    case impact = "I"
    case likelihood = "L"
    case schemeScore = "S"
  }

  /// When. A window of fewer periods than it should have is another window.
  enum Window: Hashable {
    /// The last year, or so many years before it, over this many of its periods.
    case year(back: Int, periods: Int)
    /// The next year, over this many of its periods.
    case next(periods: Int)
    /// A window named by its first period, or so many years before, over this many of its periods: a quarter, a financial year to
    /// date.
    case from(Period, back: Int, periods: Int)
    /// One period.
    case period(Period)
    /// All of the run, under a scoring scheme.
    case scheme(String)
    /// All of the run.
    case whole

    fileprivate func code(_ periods: PeriodText) -> String {
      switch self {
      case .year(let back, let count): "y\(back)-\(count)"
      case .next(let count): "n\(count)"
      case .from(let first, let back, let count): "\(periods.anchor(first))+\(count)b\(back)"
      case .period(let period): periods.anchor(period)
      case .scheme(let id): "s-\(Slugs.plain(id))"
      case .whole: "w"
      }
    }
  }

  /// The place, by any of its names.
  let area: String
  /// The measure.
  let measure: MeasureID
  let window: Window
  let kind: Kind
}

/// Claims as pages carry them: the numbers of the place and of the measure within the run, the window, the kind.
struct ClaimCodes {
  private let places: [String: Int]
  private let measures: [MeasureID: Int]

  /// Codes for these places, each by all its names, and measures.
  init(places: [[String]], measures: [MeasureID]) {
    var byName: [String: Int] = [:]
    for (i, names) in places.enumerated() {
      for name in names where byName[name] == nil { byName[name] = i }
    }
    self.places = byName
    self.measures = Dictionary(measures.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// "3.7": the series of a claim, what a table of one series carries as a whole.
  func series(_ area: String, _ measure: MeasureID) -> String {
    "\(places[area].map(String.init) ?? Slugs.fingerprint(area)).\(measures[measure].map(String.init) ?? Slugs.fingerprint(measure.rawValue))"
  }

  /// "3.7.y1-12.r".
  func code(_ claim: Claim, _ periods: PeriodText) -> String {
    "\(series(claim.area, claim.measure)).\(claim.window.code(periods)).\(claim.kind.rawValue)"
  }
}
