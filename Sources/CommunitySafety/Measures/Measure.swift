/// Whether more of a measure is worse.
public enum Polarity: String, Hashable, Sendable {
  case lowerIsBetter = "lower is better"
  case higherIsBetter = "higher is better"
  case neither
}

/// A measure of the registry: what is counted and how to read it (`Models/measures.yaml`).
public struct Measure: Hashable, Sendable {
  /// Name, as in the data.
  public let name: String
  /// Whether more is worse.
  public let polarity: Polarity
  /// Whether it is recorded crime; ASB is not, and never enters "all crime".
  public let isCrime: Bool
  /// What a reader must know before reading it, in one sentence.
  public let caveat: String?

  /// A measure.
  public init(name: String, polarity: Polarity, isCrime: Bool, caveat: String? = nil) {
    self.name = name
    self.polarity = polarity
    self.isCrime = isCrime
    self.caveat = caveat
  }
}

/// A group of measures whose counts add up to something people ask for (`Models/groupings.yaml`).
public struct MeasureGroup: Hashable, Sendable {
  /// Name of the group, such as "Acquisitive crime".
  public let name: String
  /// Names of the measures added up.
  public let members: [String]
  /// Why the group is a stand-in for the real definition, where it is: it is then labelled "(proxy)".
  public let proxyReason: String?

  /// A group.
  public init(name: String, members: [String], proxyReason: String? = nil) {
    self.name = name
    self.members = members
    self.proxyReason = proxyReason
  }

  /// The name people see: "Serious acquisitive crime (proxy)".
  public var label: String { proxyReason == nil ? name : "\(name) (proxy)" }
}

/// The measures and groups Horizon knows. A measure it does not know is a crime of which less is better.
public struct MeasureRegistry: Sendable {
  /// Known measures.
  public let measures: [Measure]
  /// Groups, in the order they are reported.
  public let groups: [MeasureGroup]
  private let byName: [String: Measure]

  /// A registry of measures and groups.
  public init(measures: [Measure], groups: [MeasureGroup]) {
    self.measures = measures
    self.groups = groups
    byName = Dictionary(measures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is known of a measure.
  public subscript(name: String) -> Measure {
    byName[name] ?? Measure(name: name, polarity: .lowerIsBetter, isCrime: true)
  }
}
