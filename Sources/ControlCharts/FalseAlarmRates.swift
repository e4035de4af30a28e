/// How often the latest point of a chart would stand out although nothing is new, by all rules and by each.
public struct FalseAlarmRates: Hashable, Sendable {
  /// Share of stretches whose latest point shows special cause by any rule; NaN if not simulated.
  public let any: Double
  /// The same by each rule alone; empty if not simulated. They add up to more than ``any`` where rules agree.
  public let rules: [SPCRule: Double]

  /// No stretch was simulated.
  static let unknown = FalseAlarmRates(any: .nan, rules: [:])

  private init(any: Double, rules: [SPCRule: Double]) {
    self.any = any
    self.rules = rules
  }

  /// Charts every stretch by the limits that it would get itself.
  ///
  /// - Parameters:
  ///   - count: stretches, > 0.
  ///   - denominators: of proportions, one a point.
  ///   - stretch: the points of each in turn.
  init(of count: Int, denominators: [Double]?, _ stretch: (Int) -> [Double]) {
    var alarms = 0
    var byRule: [SPCRule: Int] = [:]
    for number in 0..<count {
      let values = stretch(number)
      guard let limits = ControlChart.Limits(values, denominators: denominators) else { continue }
      let signals = spcSignals(
        deviations: values.map { $0 - limits.mean }, reaches: limits.reaches, values: values)
      guard let last = signals.last, !last.rules.isEmpty else { continue }
      alarms += 1
      for rule in last.rules { byRule[rule, default: 0] += 1 }
    }
    let share = { (alarms: Int) in Double(alarms) / Double(max(count, 1)) }
    any = share(alarms)
    rules = Dictionary(uniqueKeysWithValues: SPCRule.allCases.map { ($0, share(byRule[$0] ?? 0)) })
  }
}
