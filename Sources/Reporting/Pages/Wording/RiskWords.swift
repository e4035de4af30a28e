import Charts
import CommunitySafety
import RiskRanking
import TimeSeries

/// The pack's sentences about one risk. A probability always stands with the event it is of.
struct RiskWords {
  let risk: Risk
  let periods: PeriodText
  /// What the place is called in sentences, where that is not its name.
  var place: String?

  /// Figures of the risk's measure in words.
  var text: MeasureText { MeasureText(risk.measure) }

  /// "Vehicle crime in West Oxfordshire".
  var subject: String { "\(risk.title) in \(place ?? risk.area.name)" }

  /// The event that the risk is ranked by; without a rank that of a rise.
  var event: Event? { risk.score?.event ?? risk.outlook?.rise }

  /// The event as a noun: "a rise of 10 % or more".
  var eventText: String? { event?.noun(text) }

  /// Its probability; nil where the base is too small to say.
  var eventProbability: Double? {
    risk.isTooFew ? nil : event.flatMap { risk.outlook?.probability(of: $0.direction) }
  }

  /// A level as sheets show it: whole counts, four decimals of a share or value.
  func rounded(_ value: Double) -> Double {
    risk.evidence.kind == .count ? value.rounded() : (value * 10_000).rounded() / 10_000
  }

  /// "rise by 10 % or more over the next 12 months".
  private func move(_ event: Event) -> String { "\(event.verb(text)) over the next \(periods.year)" }

  /// The finding, as a headline without a full stop.
  var headline: String {
    guard let outlook = risk.outlook else { return "\(subject): what next year may bring cannot be assessed" }
    guard !risk.isTooFew else { return "\(subject): too few to say what next year may bring" }
    return Wording.sentence(finding(outlook))
  }

  /// "10 to 25 expected over the next 12 months": all that is said on too small a base.
  private func range(_ outlook: Outlook) -> String {
    let matched = outlook.matchedPeriods < outlook.periodsInYear ? "the same part of " : ""
    return
      "\(text.foreseenInterval(outlook.lower80, outlook.upper80)) expected over \(matched)the next \(periods.year) (80\u{A0}% interval)"
  }

  private func finding(_ outlook: Outlook) -> String {
    let within = 1 - outlook.probabilityOfRise - outlook.probabilityOfFall
    switch Direction(outlook) {
    case .rising: return Wording.chance(outlook.probabilityOfRise, that: subject, will: move(outlook.rise))
    case .falling: return Wording.chance(outlook.probabilityOfFall, that: subject, will: move(outlook.fall))
    case .steady:
      return Wording.chance(
        within, that: subject,
        will: "stay within \(text.size(outlook.rise.size)) of last year's level over the next \(periods.year)")
    case .unclear:
      let isRise = outlook.probabilityOfRise >= outlook.probabilityOfFall
      let leading = isRise ? outlook.probabilityOfRise : outlook.probabilityOfFall
      // "Unlikely to rise" alone would sound like good news.
      guard leading < ProbabilityYardstick.realisticPossibility.start else {
        return Wording.chance(leading, that: subject, will: move(isRise ? outlook.rise : outlook.fall))
      }
      let (rise, fall) = (outlook.probabilityOfRise, outlook.probabilityOfFall)
      return
        "\(subject) may \(outlook.rise.verb(text)) (\(Wording.probability(rise))) or \(outlook.fall.verb(text)) (\(Wording.probability(fall))) over the next \(periods.year), and neither is likely"
    case .tooFew, .notAssessable: return "\(subject): what next year may bring cannot be assessed"
    }
  }

  /// "120 recorded in the last 12 months; 150 forecast for the next 12 months (80 % interval 120 to 180, 95 %
  /// 100 to 210), if past patterns continue"; "in 11 of the last 12 months" where one is missing.
  var numbers: String {
    guard let outlook = risk.outlook else { return past }
    guard !risk.isTooFew else { return "\(past); \(range(outlook)), if past patterns continue" }
    let matched = outlook.matchedPeriods < outlook.periodsInYear ? "the same part of " : ""
    return
      "\(past); \(text.foreseen(outlook.mean)) forecast for \(matched)the next \(periods.year) "
      + "(80\u{A0}% interval \(text.foreseenInterval(outlook.lower80, outlook.upper80)), "
      + "95\u{A0}% \(text.foreseenInterval(outlook.lower95, outlook.upper95))), if past patterns continue and recording stays as it is"
  }

  /// "120 recorded in the last 12 months"; "25 % (240 of 960) in the last 12 months"; "a mean of 12 days in ...".
  var past: String {
    let year = periods.frequency.periodsPerYear
    let observed = risk.past.lastYearPeriods
    guard observed > 0 else { return "nothing observed in the last \(periods.year)" }
    let part = observed < year ? "\(observed) of " : ""
    let level = text.level(risk.past.lastYear)
    let what =
      switch risk.evidence.kind {
      case .count: "\(level) recorded"
      case .proportion:
        risk.past.lastYearRatio.map {
          "\(level) (\(Wording.count($0.numerator)) of \(Wording.count($0.denominator)))"
        } ?? level
      case .value: "a mean of \(level)"
      }
    return "\(what) in \(part)the last \(periods.year)"
  }

  /// What the record shows: the last year against the one before, like for like.
  var record: String {
    guard risk.past.lastYearPeriods > 0, let before = year(1) else { return past }
    return "\(past), \(before.clause)"
  }

  /// The chance of the material change for the worse, or for the better, as a sentence without a full stop.
  func statement(ofWorse isWorse: Bool) -> String {
    guard let outlook = risk.outlook else { return headline }
    let worse = event?.direction ?? .rise
    let direction = isWorse ? worse : worse.opposite
    return Wording.sentence(
      Wording.chance(
        outlook.probability(of: direction), that: subject,
        will: move(direction == .rise ? outlook.rise : outlook.fall)))
  }

  /// The forecast against last year in words: "about 85 more (+27 %) than last year", of the numbers that tables and charts
  /// show, so that a reader who subtracts gets this one; nil on too small a base.
  var expectedChange: String? {
    guard let outlook = risk.outlook, outlook.mean.isFinite, outlook.lastYear.isFinite, !risk.isTooFew else {
      return nil
    }
    let words = text.foreseenChange(from: outlook.lastYear, to: outlook.mean)
    let same = risk.evidence.kind == .count ? "about as many as" : "about the same as"
    return words == "no change" ? "\(same) last year" : "about \(words) than last year"
  }

  /// Why there is no outlook.
  var reasonsNotAssessable: [String] {
    risk.evidence.doubts.isEmpty
      ? ["the history is too short or too broken to compare next year with last"] : doubts
  }

  /// Doubts and caveats about the risk, as sentences.
  var doubts: [String] {
    risk.evidence.doubts.map { doubt in
      if case .returnsToUsual(let usual) = doubt { return usual.sentence(text) }
      return doubt.sentence(periods.frequency)
    }
  }

  /// What must stand beside the recommendation wherever it is read: that the measure is but a stand-in for the priority, that a change
  /// only returns to what was usual, or that it rests on an event.
  var provisos: [String] {
    var found: [String] = []
    if let priority = risk.priority, let note = priority.note {
      found.append("Proxy for the priority \u{201C}\(priority.name)\u{201D}: \(Wording.stopped(note))")
    }
    for doubt in risk.evidence.doubts where risk.recommendation != .tooFew {
      switch doubt {
      case .returnsToUsual(let usual): found.append(usual.sentence(text))
      case .restsOnUnusual: found.append(doubt.sentence(periods.frequency))
      default: break
      }
    }
    return found
  }

  /// Reasons of the confidence.
  var confidenceReasons: [String] { risk.confidence.words(periods.frequency) }

  /// Why a current priority that is likely to get better is not stood down.
  var whyNotStoodDown: String {
    risk.confidence.rating == .low
      ? "the evidence is too weak to stand it down on"
      : "\(periods.frequency.noun)s of last year are missing, and nothing is stood down on missing data"
  }

  /// What the recommendation rests on.
  var recommendation: String {
    let priority = risk.priority.map { priority in
      priority.note.map {
        "It is a proxy for the current priority \u{201C}\(priority.name)\u{201D} (\(Wording.unstopped($0)))."
      } ?? "It gives evidence on the current priority \u{201C}\(priority.name)\u{201D}."
    }
    let current = priority ?? "It is not a current priority."
    switch risk.recommendation {
    case .tooFew:
      return "\(current) Too few were counted to say anything of chances: judge each case by itself."
    case .returnToUsual:
      let usual = risk.evidence.usual.map { " \($0.sentence(text))" } ?? ""
      return "\(current)\(usual) It is neither a new problem nor a success of its own."
    default: break
    }
    let rests = risk.evidence.doubts.contains { if case .restsOnUnusual = $0 { true } else { false } }
    let caution = rests ? " Part of what this rests on may be a single event: see the doubts below." : ""
    guard let chances = risk.chances else {
      return risk.outlook == nil
        ? "\(current) The data cannot say whether it will change."
        : "\(current) More of it is neither better nor worse by itself: find out why it moves before deciding anything."
    }
    if risk.confidence.rating == .low {
      if [.escalate, .new].contains(risk.recommendation) {
        return "\(current) It is highly likely to get worse, but confidence is low: look closer before deciding."
      }
      if chances.worse >= ProbabilityYardstick.likely.start && [.continue, .watch].contains(risk.recommendation) {
        return
          "\(current) It is likely to get worse, but the evidence is too weak to act on: keep watching, and look again with more data."
      }
    }
    if chances.better >= ProbabilityYardstick.likely.start && [.continue, .watch].contains(risk.recommendation) {
      return risk.recommendation == .watch
        ? "\(current) It is likely to get better: nothing to decide, keep watching."
        : "\(current) It is likely to get better, but \(whyNotStoodDown): carry on."
    }
    if Direction(risk.outlook) == .unclear && [.continue, .watch].contains(risk.recommendation) {
      return
        "\(current) A large rise and a large fall are both possible and neither is likely: keep watching, and do not plan on either."
    }
    switch risk.recommendation {
    case .escalate:
      return "\(current) It is likely to get worse: consider more, or something else, than is done now.\(caution)"
    case .continue: return "\(current) No large change is likely: carry on, and judge what is done by its results."
    case .deEscalate:
      return "\(current) It is likely to get better: consider whether effort is needed more elsewhere.\(caution)"
    case .new: return "\(current) It is likely to get worse: consider making it one.\(caution)"
    case .watch: return "\(current) No large change is likely: nothing to decide, keep watching."
    case .returnToUsual, .tooFew, .notAssessable:
      return "\(current) The data cannot say whether it will change."
    }
  }
}

extension Risk {
  /// The name of its measure for people.
  var title: String { Wording.name(label) }
}
