import TimeSeries

/// What people say of the figures of a scorecard: causes and actions, by quarter, measure and place.
///
/// It is a file of theirs, which Horizon reads and never writes.
public struct ScorecardComments: Hashable, Sendable {
  /// One remark.
  public struct Comment: Hashable, Sendable {
    /// The quarter it was written for.
    public let quarter: ReportingQuarter
    /// Name or identifier of the measure.
    public let measure: String
    /// Name of the place; nil for everywhere together.
    public let area: String?
    /// Why, in the words of its author.
    public let cause: String?
    /// What will be done.
    public let action: String?
    /// Who said so, and when.
    public let by: String
    /// Line of the file.
    public let line: Int

    /// A remark.
    public init(
      quarter: ReportingQuarter, measure: String, area: String?, cause: String?, action: String?, by: String, line: Int
    ) {
      self.quarter = quarter
      self.measure = measure
      self.area = area
      self.cause = cause
      self.action = action
      self.by = by
      self.line = line
    }
  }

  /// The remarks, in file order.
  public let comments: [Comment]

  /// Remarks.
  public init(_ comments: [Comment] = []) { self.comments = comments }

  /// What was said of a measure in a place: of this quarter, else the last that was said before it; nil for nothing.
  ///
  /// - Parameters:
  ///   - names: name, label and identifier of the measure.
  ///   - places: every name of the place; "county" and a blank place are everywhere together, given as an empty name.
  public func comment(on names: Set<String>, in places: Set<String>, at quarter: ReportingQuarter) -> Comment? {
    let own = comments.filter {
      $0.quarter <= quarter && names.contains($0.measure) && places.contains($0.area ?? "")
    }
    return own.max { $0.quarter < $1.quarter }
  }
}
