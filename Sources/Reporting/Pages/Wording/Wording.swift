import Charts
import CommunitySafety
import RiskRanking
import Wording

/// The pack's sentences about numbers. Plain words; a probability word only from the yardstick and always with its
/// number; no percentage change on a base under 30; a forecast is "if past patterns continue".
enum Wording {
  /// Smallest base on which a percentage change is given.
  static let smallestBase = ScoringProfile().smallestBase

  /// "68 %"; "0.4 %" and "under 0.1 %" below one per cent, "over 99 %" at the other end.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "not available" }
    let value = share * 100
    switch value {
    case ..<0: return NumberText.percent(share, joint: "\u{A0}")
    case ..<0.1: return "under 0.1\u{A0}%"
    case ..<0.95: return NumberText.percent(share, decimals: 1, joint: "\u{A0}")
    default: return NumberText.percent(share, joint: "\u{A0}")
    }
  }

  /// A probability in steps of 5 %, on its own side of every cut of the yardstick, and never 0 % or 100 %.
  static func probability(_ p: Double) -> String {
    guard p.isFinite else { return "not available" }
    let rounded = RealisticNumber.chance(p, bounds: ProbabilityYardstick.allCases.map(\.start))
    if rounded < 0.05 { return "under 5\u{A0}%" }
    return rounded > 0.95 ? "over 95\u{A0}%" : percent(rounded)
  }

  /// A foreseen count, as precisely as one can be foreseen.
  static func foreseen(_ value: Double) -> String { count(RealisticNumber.count(value)) }

  /// "120 to 180", of what is foreseen.
  static func foreseenInterval(_ lower: Double, _ upper: Double) -> String {
    interval(RealisticNumber.count(lower), RealisticNumber.count(upper))
  }

  /// The name of a measure for people: of a table that has it in several columns "Theft: Other theft" for "Theft|Other theft".
  static func name(_ label: String) -> String {
    guard label.contains("|") else { return label }
    let parts = label.split(separator: "|").map { $0.trimmedSpaces }.filter { !$0.isEmpty }
    return parts.isEmpty ? label : parts.joined(separator: ": ")
  }

  /// "likely (68 %)".
  static func likelihood(_ p: Double) -> String {
    guard p.isFinite else { return "not assessable" }
    return "\(ProbabilityYardstick(probability: p).rawValue) (\(probability(p)))"
  }

  /// What follows "is": "likely (68 %)", "a realistic possibility (42 %)".
  static func predicate(_ p: Double) -> String {
    guard p.isFinite else { return "not assessable" }
    switch ProbabilityYardstick(probability: p) {
    case .realisticPossibility, .remoteChance: return "a \(likelihood(p))"
    default: return likelihood(p)
    }
  }

  /// A sentence without its full stop: "X is likely (68 %) to rise" or "there is a realistic possibility (42 %) that X
  /// will rise", as the term's grammar asks. `verb` is the bare verb with what follows it.
  static func chance(_ p: Double, that subject: String, will verb: String) -> String {
    guard p.isFinite else { return "\(subject): the chance that it will \(verb) cannot be assessed" }
    switch ProbabilityYardstick(probability: p) {
    case .realisticPossibility, .remoteChance: return "there is \(predicate(p)) that \(subject) will \(verb)"
    default: return "\(subject) is \(likelihood(p)) to \(verb)"
    }
  }

  /// A count or an average of counts: whole from 10 up, one decimal below unless it is whole.
  static func count(_ value: Double) -> String {
    guard value.isFinite else { return "not available" }
    let isWhole = value == value.rounded()
    return NumberText.grouped(value, decimals: isWhole || value.magnitude >= 10 ? 0 : 1)
  }

  /// "120 to 180".
  static func interval(_ lower: Double, _ upper: Double) -> String {
    guard lower.isFinite, upper.isFinite else { return "not available" }
    let decimals = upper.magnitude < 10 && (lower != lower.rounded() || upper != upper.rounded()) ? 1 : 0
    return
      "\(NumberText.grouped(lower, decimals: decimals)) to \(NumberText.grouped(upper, decimals: decimals))"
  }

  /// The difference of two totals: "85 more (+27 %)", "3 fewer" on a small base, "no change".
  static func change(from base: Double, to value: Double) -> String {
    guard base.isFinite, value.isFinite else { return "not available" }
    let difference = (value - base).rounded()
    if difference == 0 { return "no change" }
    let words = "\(NumberText.grouped(difference.magnitude)) \(difference > 0 ? "more" : "fewer")"
    guard base >= smallestBase else { return words }
    return "\(words) (\(signedPercent(value / base - 1)))"
  }

  /// "+27 %", "−4 %".
  static func signedPercent(_ share: Double) -> String {
    let value = (share * 100).rounded()
    if !value.isFinite { return "not available" }
    if value == 0 {
      let tenths = NumberText.grouped(share * 100, decimals: 1)
      return (share * 1000).rounded() == 0 ? "under 0.1\u{A0}%" : "\(share > 0 ? "+" : "")\(tenths)\u{A0}%"
    }
    return "\(value > 0 ? "+" : "")\(NumberText.grouped(value))\u{A0}%"
  }

  /// "Cherwell", "Cherwell and Oxford", "Cherwell, Oxford and West Oxfordshire".
  static func list(_ items: [String]) -> String { ListText.joined(items) }

  /// With its first letter a capital.
  static func sentence(_ text: String) -> String { SentenceText.capitalised(text) }

  /// Without full stops at its end.
  static func unstopped(_ text: String) -> String { String(text.reversed().drop { $0 == "." }.reversed()) }

  /// With one full stop at its end.
  static func stopped(_ text: String) -> String { SentenceText.stopped(text) }
}

extension Substring {
  fileprivate var trimmedSpaces: String {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
