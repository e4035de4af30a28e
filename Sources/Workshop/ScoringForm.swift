import CommunitySafety

/// The fixed words of the form that people score in: what export writes and import looks for.
public enum ScoringForm {
  static let startSheet = "Start here"
  static let ownSheet = "Risks we bring"
  static let decisionSheet = "Decisions"
  /// Hidden: what the form belongs to.
  static let markSheet = "Horizon"
  static let mark = "Horizon scoring form 1"

  static let name = "Your name"
  static let organisation = "Your organisation"

  /// Columns of a place's sheet. The code is hidden.
  static let code = "Code"
  static let problem = "Problem"
  static let reason = "Reason for the scores"
  static let headings =
    [
      code, "Rank", problem, "Priority now", "Recorded", "Forecast", "Chance", "Confidence", "Trend", "Evidence",
    ] + HarmScale.Dimension.allCases.map(\.heading) + [HarmScale.capacityHeading, reason]

  /// Columns of the sheet of risks that people bring.
  static let ownHeadings = [place, risk, tag, horizon, likelihood, impact, basis]
  static let place = "Place"
  static let risk = "Risk"
  static let tag = "Kind of cause"
  static let horizon = "Horizon"
  static let likelihood = "Likelihood"
  static let impact = "Impact"
  static let basis = "What it rests on"
  static let ownRows = 30
  /// Stands for every place.
  public static let everywhere = "All places"

  /// Columns of the sheet of decisions.
  static let decisionHeadings = [place, decision, decidedMeasure, owner, response, review, dissent]
  static let decision = "Priority for the coming year"
  static let decidedMeasure = "Measure that speaks to it"
  static let owner = "Owner"
  static let response = "Response"
  static let review = "Review date (YYYY-MM-DD)"
  static let dissent = "Dissent"
  static let decisionRows = 30

  /// Most characters of a text that people write.
  public static let textLimit = 1000
  /// Most characters of a name.
  public static let nameLimit = 80
  /// Most characters of a risk or priority in a few words.
  public static let titleLimit = 120
}
