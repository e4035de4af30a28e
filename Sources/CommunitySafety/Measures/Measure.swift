import TimeSeries

/// What is measured, and how to read it: one meaning for every room that ranks, draws or writes about it.
///
/// A group is a measure with members. The kind decides how a window is summed up (a count is added, a share is pooled
/// numerator over pooled denominator, a value is averaged), and measures of different kinds are never ranked against
/// each other or added into each other.
public struct Measure: Hashable, Sendable {
  /// A figure to reach, as a partnership has set it.
  public struct Target: Hashable, Sendable, Codable {
    /// The figure, in the unit of the measure; of a count that of a year, of a share from 0 to 1.
    public let value: Double
    /// By when and on whose word.
    public let note: String?

    /// A target.
    public init(value: Double, note: String? = nil) {
      self.value = value
      self.note = note
    }
  }

  /// What a partnership's register says of a measure of success beside how to read it. What nobody has filled in is nil, and is shown as
  /// not known.
  public struct Registration: Hashable, Sendable {
    /// Who has the data and answers for it.
    public var owner: String?
    /// The strategy or plan it measures the success of.
    public var strategy: String?
    /// What it is counted among, in words.
    public var denominator: String?
    /// How often new figures come.
    public var cadence: String?
    /// Who may see it.
    public var sharing: SourceRegister.Sharing?
    /// What it cannot say, in one sentence.
    public var cannotSay: String?
    /// Its place in national frameworks.
    public var framework: String?
    /// Whether it is there only to read older files.
    public var isRetired = false

    /// Nothing filled in.
    public init() {}
  }

  /// Identity; see ``MeasureID``.
  public let id: MeasureID
  /// Name, as in the data.
  public let name: String
  /// What kind of number it is.
  public let kind: MeasureKind
  /// Unit of a value, such as "days"; nil for counts and shares.
  public let unit: String?
  /// Whether more is worse.
  public let polarity: Polarity
  /// Whether it is recorded crime; ASB is not, and never enters "all crime".
  public let isCrime: Bool
  /// What a reader must know before reading it, in one sentence.
  public let caveat: String?
  /// Where it comes from: the `id` of an entry of the source register.
  public let source: String?
  /// The figure to reach, where one is set; of a count in a year.
  public let target: Target?

  /// The target for one period: of a count its part of the year's, else the figure itself; nil where none is set.
  public func target(forOneOf frequency: Frequency) -> Double? {
    target.map { kind == .count ? $0.value / Double(frequency.periodsPerYear) : $0.value }
  }

  /// The level of a year from which somebody wants to know, in the unit of the measure; nil where none is set.
  public var threshold: Double?
  /// Of a group the measures that add up to it; nil for a single measure.
  public let members: [MeasureID]?
  /// Why a group is a stand-in for the real definition, where it is: it is then labelled "(proxy)".
  public let proxyReason: String?
  /// Whether a file knows it. Of one that none knows nothing is guessed: its polarity is neither, it is no crime, and it
  /// is ranked only on request.
  public let isKnown: Bool
  /// Its entry in the register of measures of success.
  public var registration = Registration()

  /// A measure; `id` is the slug of its name unless one is given.
  public init(
    id: MeasureID? = nil, name: String, kind: MeasureKind = .count, unit: String? = nil, polarity: Polarity,
    isCrime: Bool, caveat: String? = nil, source: String? = nil, target: Target? = nil, members: [MeasureID]? = nil,
    proxyReason: String? = nil, isKnown: Bool = true
  ) {
    self.id = id ?? MeasureID(slugOf: name)
    self.name = name
    self.kind = kind
    self.unit = unit
    self.polarity = polarity
    self.isCrime = isCrime
    self.caveat = caveat
    self.source = source
    self.target = target
    self.members = members
    self.proxyReason = proxyReason
    self.isKnown = isKnown
  }

  /// A group: a count of which less is better, the sum of its members.
  public static func group(name: String, members: [String], proxyReason: String? = nil) -> Measure {
    Measure(
      name: name, polarity: .lowerIsBetter, isCrime: true, members: members.map { MeasureID(slugOf: $0) },
      proxyReason: proxyReason)
  }

  /// A measure that no file knows.
  public static func unknown(_ name: String, kind: MeasureKind, unit: String? = nil) -> Measure {
    Measure(
      id: MeasureID(name), name: name, kind: kind, unit: unit, polarity: .neither, isCrime: false, isKnown: false)
  }

  /// Whether it is the sum of others.
  public var isGroup: Bool { members != nil }

  /// The name people see, and the one its series have in panels and files: "Serious acquisitive crime (proxy)".
  public var label: String { proxyReason == nil ? name : "\(name) (proxy)" }
}
