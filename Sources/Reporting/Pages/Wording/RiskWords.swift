import Charts
import CommunitySafety
import RiskRanking

/// The pack's sentences about one risk.
struct RiskWords {
  let risk: Risk
  let periods: PeriodWords

  /// "Vehicle crime in West Oxfordshire".
  var subject: String { "\(risk.label) in \(risk.area.name)" }

  /// Whether a fall, not a rise, is the change for the worse.
  var worseIsFall: Bool { risk.polarity == .higherIsBetter }

  /// "rise by 10 % or more over the next 12 months".
  private func move(_ verb: String) -> String { "\(verb) by 10\u{A0}% or more over the next \(periods.year)" }

  /// The finding, as a headline without a full stop.
  var headline: String {
    guard let outlook = risk.outlook else { return "\(subject): what next year may bring cannot be assessed" }
    return Wording.sentence(finding(outlook))
  }

  private func finding(_ outlook: Outlook) -> String {
    let within = 1 - outlook.probabilityOfRise - outlook.probabilityOfFall
    switch Direction(outlook) {
    case .rising: return Wording.chance(outlook.probabilityOfRise, that: subject, will: move("rise"))
    case .falling: return Wording.chance(outlook.probabilityOfFall, that: subject, will: move("fall"))
    case .steady:
      return Wording.chance(
        within, that: subject, will: "stay within 10\u{A0}% of last year's level over the next \(periods.year)")
    case .unclear:
      let isRise = outlook.probabilityOfRise >= outlook.probabilityOfFall
      return Wording.chance(
        isRise ? outlook.probabilityOfRise : outlook.probabilityOfFall, that: subject,
        will: move(isRise ? "rise" : "fall"))
    case .notAssessable: return "\(subject): what next year may bring cannot be assessed"
    }
  }

  /// "120 recorded in the last 12 months; 150 forecast for the next 12 months (80 % interval 120 to 180), if past
  /// patterns continue"; "in 11 of the last 12 months" where one is missing.
  var numbers: String {
    guard let outlook = risk.outlook else { return past }
    let matched = outlook.matchedPeriods < outlook.periodsInYear ? "the same part of " : ""
    return
      "\(past); \(Wording.count(outlook.median)) forecast for \(matched)the next \(periods.year) "
      + "(80\u{A0}% interval \(Wording.interval(outlook.lower80, outlook.upper80))), if past patterns continue"
  }

  /// "120 recorded in the last 12 months".
  private var past: String {
    let year = periods.frequency.periodsPerYear
    let observed = risk.past.lastYearPeriods
    guard observed > 0 else { return "nothing observed in the last \(periods.year)" }
    let part = observed < year ? "\(observed) of " : ""
    return "\(Wording.count(risk.past.lastYear)) recorded in \(part)the last \(periods.year)"
  }

  /// What the record shows: the last year against the one before.
  var record: String {
    guard risk.past.lastYearPeriods > 0, let before = risk.past.yearBefore else { return past }
    let change = Wording.change(from: before, to: risk.past.lastYear)
    return "\(past), \(change == "no change" ? "as many as" : "\(change) than") the year before"
  }

  /// The chance of a change of 10 % or more for the worse, or for the better, as a sentence without a full stop.
  func statement(ofWorse isWorse: Bool) -> String {
    guard let outlook = risk.outlook else { return headline }
    let isRise = isWorse != worseIsFall
    return Wording.sentence(
      Wording.chance(
        isRise ? outlook.probabilityOfRise : outlook.probabilityOfFall, that: subject,
        will: move(isRise ? "rise" : "fall")))
  }

  /// The forecast against last year in words: "about 85 more (+27 %) than last year". Both are the medians that tables
  /// and charts show, so that a reader who subtracts gets this number.
  var expectedChange: String? {
    guard let outlook = risk.outlook, outlook.median.isFinite, outlook.lastYear.isFinite else { return nil }
    let words = Wording.change(from: outlook.lastYear, to: outlook.median)
    return words == "no change" ? "about as many as last year" : "about \(words) than last year"
  }

  /// Why there is no outlook: the caveats, or that none is given.
  var reasonsNotAssessable: [String] {
    risk.caveats.isEmpty ? ["the history is too short or too broken to compare next year with last"] : risk.caveats
  }

  /// What the recommendation rests on.
  var recommendation: String {
    let priority = risk.priority.map { "It gives evidence on the current priority \u{201C}\($0)\u{201D}." }
    let current = priority ?? "It is not a current priority."
    if risk.confidence.rating == .low {
      let worse = risk.chances?.worse ?? 0
      if [.escalate, .new].contains(risk.recommendation) {
        return "\(current) It is highly likely to get worse, but confidence is low: look closer before deciding."
      }
      if worse >= 0.5 && [.continue, .watch].contains(risk.recommendation) {
        return
          "\(current) It is likely to get worse, but the evidence is too weak to act on: keep watching, and look again with more data."
      }
    }
    if Direction(risk.outlook) == .unclear && [.continue, .watch].contains(risk.recommendation) {
      return
        "\(current) A large rise and a large fall are both possible and neither is likely: keep watching, and do not plan on either."
    }
    switch risk.recommendation {
    case .escalate: return "\(current) It is likely to get worse: consider more, or something else, than is done now."
    case .continue: return "\(current) No large change is likely: carry on, and judge what is done by its results."
    case .deEscalate: return "\(current) It is likely to get better: consider whether effort is needed more elsewhere."
    case .new: return "\(current) It is likely to get worse: consider making it one."
    case .watch: return "\(current) No large change is likely: nothing to decide, keep watching."
    case .notAssessable: return "\(current) The data cannot say whether it will change."
    }
  }
}

extension Risk {
  /// Probabilities of a change of 10 % or more for the worse and for the better; nil without an outlook.
  var chances: (worse: Double, better: Double)? {
    outlook.map {
      polarity == .higherIsBetter
        ? ($0.probabilityOfFall, $0.probabilityOfRise) : ($0.probabilityOfRise, $0.probabilityOfFall)
    }
  }
}
