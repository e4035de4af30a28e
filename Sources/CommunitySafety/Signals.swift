import TimeSeries

/// What is over the horizon and no series shows (`Models/signals.yaml`): a base closing, a law coming, a market moving.
public struct Signal: Hashable, Sendable, Codable {
  /// The kind of cause, as environmental scans tag it.
  public enum Tag: String, CaseIterable, Hashable, Sendable, Codable {
    case political, economic, social, technological, environmental, legal, organisational
  }

  /// How far off it is.
  public enum Horizon: String, CaseIterable, Hashable, Sendable, Codable {
    case underOneYear = "under 1 year"
    case oneToThree = "1 to 3 years"
    case threeToFive = "3 to 5 years"
  }

  /// The steps that an impact may have: the ladder of harm, each twice the one below.
  public static let impacts = [0, 1, 2, 4, 8]

  /// Identity within the register: lower case, digits and hyphens.
  public let id: String
  /// In a few words.
  public let name: String
  /// Who says so.
  public let source: String
  /// When it was noted, `YYYY-MM-DD`.
  public let date: String
  /// How far off it is.
  public let horizon: Horizon
  /// Where it comes from.
  public let tag: Tag
  /// How likely it is to matter within its horizon.
  public let likelihood: ProbabilityYardstick
  /// How much it would, on the scale of harm: 0, 1, 2, 4 or 8.
  public let impact: Int
  /// Partnerships it concerns; empty for all of them.
  public let places: [String]
  /// Measures that it would move; empty where none is known.
  public let measures: [MeasureID]
  /// Who looks after the entry.
  public let owner: String
  /// When it has to be looked at again, `YYYY-MM-DD`: after that it has expired.
  public let review: String
  /// What else must be known.
  public let note: String?

  /// A signal.
  public init(
    id: String, name: String, source: String, date: String, horizon: Horizon, tag: Tag,
    likelihood: ProbabilityYardstick, impact: Int, places: [String], measures: [MeasureID], owner: String,
    review: String, note: String?
  ) {
    self.id = id
    self.name = name
    self.source = source
    self.date = date
    self.horizon = horizon
    self.tag = tag
    self.likelihood = likelihood
    self.impact = impact
    self.places = places
    self.measures = measures
    self.owner = owner
    self.review = review
    self.note = note
  }

  /// Whether it has expired by a day, `YYYY-MM-DD`: nothing more is made of it until its owner has looked at it again.
  public func hasExpired(by day: String) -> Bool { review < day }
}

extension ProbabilityYardstick: Codable {
  /// The term on the scale of likelihood from 1 to 4: unlikely and less, a realistic possibility, likely, highly likely and more.
  public var grade: Double {
    switch self {
    case .remoteChance, .highlyUnlikely, .unlikely: 1
    case .realisticPossibility: 2
    case .likely: 3
    case .highlyLikely, .almostCertain: 4
    }
  }
}

extension CivilDate {
  /// The day as `2027-06-30`, which sorts as days do.
  public var isoText: String {
    func padded(_ number: Int, to width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}
