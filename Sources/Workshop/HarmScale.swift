import CommunitySafety

/// How people score a problem: its harm by dimension, and beside that whether partners could do something about it. The dimensions are
/// those that strategic assessments publish; the ladder and its words are Horizon's own.
public enum HarmScale {
  /// A kind of harm.
  public enum Dimension: String, CaseIterable, Sendable, Hashable, Codable, Comparable {
    case physical, psychological, financial, community, expectation, environment

    /// The heading of its column.
    public var heading: String {
      switch self {
      case .physical: "Physical harm"
      case .psychological: "Psychological harm"
      case .financial: "Financial harm"
      case .community: "Harm to the community"
      case .expectation: "Public expectation"
      case .environment: "Harm to the environment"
      }
    }

    /// What each step of the ladder means.
    public var words: [String] {
      switch self {
      case .physical:
        [
          "no injury", "minor injury, no treatment", "injury that needs treatment", "serious injury",
          "death or lasting disability",
        ]
      case .psychological:
        [
          "none", "upset for a short time", "distress for weeks", "distress for months, daily life affected",
          "lasting trauma",
        ]
      case .financial:
        ["none", "a nuisance", "a loss that is felt", "a loss that changes how a household or business lives", "ruin"]
      case .community:
        [
          "none", "talked about", "some avoid a place or time", "many change how they live",
          "fear or tension between groups",
        ]
      case .expectation:
        [
          "nobody asks", "raised now and then", "raised often", "among the first things asked for",
          "not to act would cost trust",
        ]
      case .environment:
        ["none", "soon put right", "put right at some cost", "lasting damage to a place", "lasting damage to an area"]
      }
    }

    /// By their order in the form.
    public static func < (a: Dimension, b: Dimension) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  /// The steps of the ladder of harm: each is twice the one below.
  public static let ladder = Signal.impacts
  /// The steps of capacity, from none to enough.
  public static let capacity = [1, 2, 3, 4]
  /// The heading of capacity.
  public static let capacityHeading = "Capacity"
  /// What each step of ``capacity`` means.
  public static let capacityWords = [
    "no means and none in sight", "means for a part of it", "means for most of it", "means for all of it",
  ]

  /// The ladder of a dimension in one text, a step a line.
  static func text(_ dimension: Dimension) -> String {
    zip(ladder, dimension.words).map { "\($0): \($1)" }.joined(separator: "\n")
  }
}
