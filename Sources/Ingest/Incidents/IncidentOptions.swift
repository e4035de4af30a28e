/// How incidents of partner extracts are counted.
public struct IncidentOptions: Sendable {
  /// Which date an incident counts by.
  public enum DateBasis: String, CaseIterable, Sendable, Codable {
    /// When it happened; when it was reported where that is not known.
    case occurred
    /// When it was reported.
    case reported
  }

  /// Who or what an incident is a repeat for.
  public enum Entity: String, CaseIterable, Sendable, Codable { case person, location }

  /// Which date an incident counts by.
  public var date = DateBasis.occurred
  /// Key under which pseudonyms are hashed as they are read; without one nothing is said about repeats. It appears in no
  /// output.
  public var pseudonymKey: [UInt8]?
  /// Months within which an earlier incident makes a later one a repeat.
  public var repeatWindow = 12
  /// Who or what an incident is a repeat for.
  public var repeatEntity = Entity.person

  /// Reports within ``reviewMonths`` with which a person or place reaches the threshold of a case review.
  public var reviewReports = 3
  /// Months of that threshold.
  public var reviewMonths = 6

  /// By date of occurrence, without repeats.
  public init() {}
}
