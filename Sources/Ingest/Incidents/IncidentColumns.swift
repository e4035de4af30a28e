import CommunitySafety
import Diagnostics

/// Where the fields of a partner's incident extract are:
/// `source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,location_pseudonym`.
struct IncidentColumns: Sendable, Equatable {
  /// Names of all columns, further ones included.
  let names: [String]
  let reference: Int
  let category: Int
  let area: Int
  let source: Int?
  let reported: Int?
  let occurred: Int?
  let qualifier: Int?
  let person: Int?
  let location: Int?

  /// Columns whose values were made up by machines: numbers and letters in them mean nothing.
  var identifiers: Set<Int> { Set([reference, person, location].compactMap(\.self)) }

  /// The columns; nil for a header of another layout.
  ///
  /// - Throws: `HorizonError` of kind data for a header of this layout without a column that is needed.
  init?(_ header: TableHeader) throws {
    let names = header.names
    let keys = names.map { $0.lowercased().map { $0 == " " || $0 == "-" ? "_" : String($0) }.joined() }
    guard let reference = keys.firstIndex(of: "incident_ref") else { return nil }
    let dates = ["date_reported", "date_occurred"].map { keys.firstIndex(of: $0) }
    guard let category = keys.firstIndex(of: "category"), let area = keys.firstIndex(of: "area_code"),
      dates.contains(where: { $0 != nil })
    else {
      var missing = ["category", "area_code"].filter { !keys.contains($0) }
      if dates.allSatisfy({ $0 == nil }) { missing.append("date_occurred or date_reported") }
      throw header.missing(missing, of: "a partner's incident extract")
    }
    self.names = names
    (self.reference, self.category, self.area) = (reference, category, area)
    (reported, occurred) = (dates[0], dates[1])
    source = keys.firstIndex(of: "source")
    qualifier = keys.firstIndex(of: "qualifier")
    person = keys.firstIndex(of: "person_pseudonym")
    location = keys.firstIndex(of: "location_pseudonym")
  }
}
