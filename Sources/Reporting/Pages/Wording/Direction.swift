import CommunitySafety
import RiskRanking

/// Where a forecast points: an arrow and always a word.
enum Direction: String, CaseIterable {
  case rising, falling, steady, unclear
  case tooFew = "too few to say"
  case notAssessable = "not assessable"

  /// The direction of a risk; none where its base is too small to say.
  init(_ risk: Risk) { self = risk.isTooFew ? .tooFew : Direction(risk.outlook) }

  /// The direction that is likely; unclear if none is.
  init(_ outlook: Outlook?) {
    guard let outlook, outlook.probabilityOfRise.isFinite, outlook.probabilityOfFall.isFinite else {
      self = .notAssessable
      return
    }
    let within = 1 - outlook.probabilityOfRise - outlook.probabilityOfFall
    let likely = ProbabilityYardstick.likely.start
    if outlook.probabilityOfRise >= likely {
      self = .rising
    } else if outlook.probabilityOfFall >= likely {
      self = .falling
    } else if within >= likely {
      self = .steady
    } else {
      self = .unclear
    }
  }

  var arrow: String {
    switch self {
    case .rising: "\u{2191}"
    case .falling: "\u{2193}"
    case .steady: "\u{2192}"
    case .unclear: "\u{2195}"
    case .tooFew: ""
    case .notAssessable: "?"
    }
  }

  /// What the word means, for the method page: with the sizes from which the profile takes a change for material.
  func meaning(_ profile: ScoringProfile) -> String {
    switch self {
    case .rising:
      "a material rise over the next year (of a count by \(MeasureText(kind: .count).materialChange(profile)), of a share by \(MeasureText(kind: .proportion).materialChange(profile))) is more likely than not"
    case .falling: "a fall of that size over the next year is more likely than not"
    case .steady: "neither a rise nor a fall of that size is more likely than not"
    case .unclear: "none of the three is"
    case .tooFew:
      "fewer than \(Wording.count(profile.smallestBase)) were counted last year (of a share: in its whole), on which no arrow is drawn"
    case .notAssessable: "the data cannot say"
    }
  }
}
