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
    /// Who said so, and when; nil where nobody put a name to it.
    public let by: String?
    /// Line of the file.
    public let line: Int

    /// A remark.
    public init(
      quarter: ReportingQuarter, measure: String, area: String?, cause: String?, action: String?, by: String?, line: Int
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

  /// What holds of a figure: the last cause that was given, and the last action, each with the remark it is from.
  public struct Said: Hashable, Sendable {
    /// The remark with the cause; nil where none was ever given.
    public let cause: Comment?
    /// The remark with the action; nil where none was ever given.
    public let action: Comment?

    /// What holds.
    public init(cause: Comment? = nil, action: Comment? = nil) { (self.cause, self.action) = (cause, action) }

    /// The later of the two quarters; nil where nothing was said.
    public var quarter: ReportingQuarter? { [cause?.quarter, action?.quarter].compactMap(\.self).max() }
  }

  /// What was said of a measure in a place, of this quarter or before. An empty slot says nothing, and takes nothing back.
  ///
  /// - Parameters:
  ///   - names: name, label and identifier of the measure.
  ///   - places: every name of the place; "county" and a blank place are everywhere together, given as an empty name.
  public func said(of names: Set<String>, in places: Set<String>, at quarter: ReportingQuarter) -> Said {
    let own = on(names, places).filter { $0.quarter <= quarter }
    func latest(_ part: (Comment) -> String?) -> Comment? {
      own.filter { part($0) != nil }.max { ($0.quarter, $0.line) < ($1.quarter, $1.line) }
    }
    return Said(cause: latest(\.cause), action: latest(\.action))
  }

  /// Whether there is an entry of this very quarter, filled in or not.
  public func hasEntry(of names: Set<String>, in places: Set<String>, at quarter: ReportingQuarter) -> Bool {
    on(names, places).contains { $0.quarter == quarter }
  }

  private func on(_ names: Set<String>, _ places: Set<String>) -> [Comment] {
    comments.filter { names.contains($0.measure) && places.contains($0.area ?? "") }
  }
}
