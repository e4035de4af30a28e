/// What one file of incidents comes to: numbers only. Of a row no text is kept, and of its reference and pseudonym
/// nothing but a hash.
package struct IncidentTally: Sendable {
  /// One incident.
  struct Incident: Sendable {
    /// Hash of source and reference; 0 where there is none.
    let reference: UInt64
    /// Keyed hash of source and pseudonym; 0 where there is none, or no key.
    let entity: UInt64
    /// Index into `streams`.
    let stream: Int32
    /// The date it counts by, in days since 1970-01-01.
    let day: Int32
  }

  /// What is counted apart.
  struct Stream: Hashable, Sendable {
    let source: String
    let area: String
    let category: String
    let qualifier: String
  }

  /// First and last day of something.
  struct Span: Sendable {
    var first = Int32.max
    var last = Int32.min

    mutating func include(_ day: Int32) { (first, last) = (min(first, day), max(last, day)) }

    mutating func include(_ other: Span) { (first, last) = (min(first, other.first), max(last, other.last)) }
  }

  var rows = 0
  var streams: [Stream] = []
  var incidents: [Incident] = []
  /// By source, the days that rows were reported on, or occurred on where no date of report is given.
  var reach: [String: Span] = [:]
  /// Rows without a date.
  var undated = 0
  /// Rows counted by their other date, because the one asked for is blank.
  var otherDate = 0
  /// Rows without a reference.
  var unreferenced = 0
}
