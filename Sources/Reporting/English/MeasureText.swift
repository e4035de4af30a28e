import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Figures of one measure in words: a count as a count, a share as a percentage with points between two of them, a value
/// with its unit.
struct MeasureText {
  let kind: MeasureKind
  let unit: String?

  init(kind: MeasureKind, unit: String? = nil) {
    self.kind = kind
    self.unit = unit
  }

  init(_ measure: Measure) { self.init(kind: measure.kind, unit: measure.unit) }

  /// "1,250", "25 %", "12.4 days".
  func level(_ value: Double) -> String {
    guard value.isFinite else { return "not available" }
    switch kind {
    case .count: return Wording.count(value)
    case .proportion: return Wording.percent(value)
    case .value: return NumberText.grouped(value, decimals: decimals(value)) + unitSuffix
    }
  }

  /// "120 to 180", "20 % to 30 %", "10.2 to 14.1 days".
  func interval(_ lower: Double, _ upper: Double) -> String {
    guard lower.isFinite, upper.isFinite else { return "not available" }
    switch kind {
    case .count: return Wording.interval(lower, upper)
    case .proportion: return "\(Wording.percent(lower)) to \(Wording.percent(upper))"
    case .value:
      let places = decimals(max(lower.magnitude, upper.magnitude))
      return
        "\(NumberText.grouped(lower, decimals: places)) to \(NumberText.grouped(upper, decimals: places))\(unitSuffix)"
    }
  }

  /// The format of its numbers in a spreadsheet.
  var numberFormat: String {
    switch kind {
    case .count: "#,##0"
    case .proportion: "0%"
    case .value: "#,##0.00"
    }
  }

  /// A foreseen level as a number, rounded as ``foreseen(_:)`` prints it.
  func foreseenValue(_ value: Double) -> Double { kind == .count ? RealisticNumber.count(value) : value }

  /// A foreseen level: a count in two to three significant figures.
  func foreseen(_ value: Double) -> String { kind == .count ? Wording.foreseen(value) : level(value) }

  /// A range of foreseen levels.
  func foreseenInterval(_ lower: Double, _ upper: Double) -> String {
    kind == .count ? Wording.foreseenInterval(lower, upper) : interval(lower, upper)
  }

  /// How far what is foreseen lies from what was recorded: the difference of the two as they are printed, so that a reader who
  /// subtracts gets it; "no change" where it is less than the foreseen level is rounded by.
  func foreseenChange(from base: Double, to value: Double) -> String {
    guard base.isFinite, value.isFinite else { return "not available" }
    switch kind {
    case .count:
      guard RealisticNumber.change(from: base, to: value) != 0 else { return "no change" }
      return Wording.change(from: base.rounded(), to: RealisticNumber.count(value))
    case .proportion where min(base, value) >= 0.01:
      return change(from: (base * 100).rounded() / 100, to: (value * 100).rounded() / 100)
    case .proportion, .value: return change(from: base, to: value)
    }
  }

  /// The difference of two levels: "85 more (+27 %)", "3 points higher", "1.2 days lower", "no change".
  func change(from base: Double, to value: Double) -> String {
    guard base.isFinite, value.isFinite else { return "not available" }
    if kind == .count { return Wording.change(from: base, to: value) }
    let difference = value - base
    let size = distance(difference.magnitude)
    guard let size else { return "no change" }
    return "\(size) \(difference > 0 ? "higher" : "lower")"
  }

  /// A distance between two levels, "3 points", "1.2 days"; nil where it rounds to nothing.
  private func distance(_ value: Double) -> String? {
    switch kind {
    case .count: return value < 0.5 ? nil : Wording.count(value)
    case .proportion:
      let points = (value * 1000).rounded() / 10
      guard points > 0 else { return nil }
      let isWhole = points >= 10 || points == points.rounded()
      return "\(NumberText.grouped(points, decimals: isWhole ? 0 : 1)) point\(points == 1 ? "" : "s")"
    case .value:
      let text = NumberText.grouped(value, decimals: decimals(value))
      return text.contains { ("1"..."9").contains($0) } ? text + unitSuffix : nil
    }
  }

  /// The size of an event: "10 %", "5 points", "1.2 days".
  func size(_ size: Event.Size) -> String {
    switch size {
    case .share(let share): Wording.percent(share)
    case .amount(let amount): distance(amount) ?? level(amount)
    }
  }

  /// What a column of chances says above rows whose events differ in size only by their series.
  func materialChange(_ profile: ScoringProfile) -> String {
    switch kind {
    case .count: size(.share(profile.materialShare))
    case .proportion: size(.amount(profile.materialPoints))
    case .value: "half of its usual scatter"
    }
  }

  private var unitSuffix: String { unit.map { " \($0)" } ?? "" }

  private func decimals(_ value: Double) -> Int { value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : 2 }
}

extension Event {
  /// "rise by 10 % or more", what follows "will".
  func verb(_ text: MeasureText) -> String { "\(direction.rawValue) by \(text.size(size)) or more" }

  /// "a rise of 10 % or more".
  func noun(_ text: MeasureText) -> String { "a \(direction.rawValue) of \(text.size(size)) or more" }
}
