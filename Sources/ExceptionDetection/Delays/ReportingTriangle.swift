import TimeSeries

/// What several vintages have said of the same periods: the totals from which the delay of reports is learnt.
public struct ReportingTriangle: Sendable {
  /// One vintage's total of one period.
  public struct Entry: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// Periods from its end to when the total was known: 0 for a total known by its own end.
    public let delay: Int
    /// The total, >= 0.
    public let total: Double
    /// How many values it adds up; totals of different numbers of values are not compared.
    public let values: Int

    /// An entry.
    public init(period: Period, delay: Int, total: Double, values: Int = 1) {
      self.period = period
      self.delay = delay
      self.total = total
      self.values = values
    }
  }

  /// The same period at two delays next to each other among those known.
  struct Step: Sendable {
    let from: Int
    let to: Int
    let before: Double
    let after: Double
  }

  /// Steps by their later and earlier delay.
  let steps: [Step]
  /// Number of periods seen at two delays or more.
  public let periods: Int

  /// A triangle; of two totals of a period at one delay the later in the list is used. Negative delays (a vintage from before the
  /// period ended) and totals that are not numbers are left out.
  public init(_ entries: [Entry]) {
    var byPeriod: [Period: [Int: Entry]] = [:]
    for entry in entries where entry.delay >= 0 && entry.total >= 0 && entry.total.isFinite {
      byPeriod[entry.period, default: [:]][entry.delay] = entry
    }
    var steps: [Step] = []
    var periods = 0
    for period in byPeriod.keys.sorted() {
      let known = (byPeriod[period] ?? [:]).values.sorted { $0.delay < $1.delay }
      var isUsed = false
      for (a, b) in zip(known, known.dropFirst()) where a.values == b.values {
        steps.append(Step(from: a.delay, to: b.delay, before: a.total, after: b.total))
        isUsed = true
      }
      if isUsed { periods += 1 }
    }
    self.steps = steps.sorted { ($0.to, $0.from, $0.after, $0.before) < ($1.to, $1.from, $1.after, $1.before) }
    self.periods = periods
  }
}
