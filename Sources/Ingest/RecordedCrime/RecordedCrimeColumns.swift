import CommunitySafety
import Diagnostics

/// Where the fields of the Home Office's "Police recorded crime open data" by partnership are. Headers have changed over
/// the years in case, spacing and wording.
struct RecordedCrimeColumns: Sendable, Equatable {
  /// Fields of a row.
  let count: Int
  let year: Int
  let quarter: Int
  let csp: Int
  let offences: Int
  let force: Int?
  /// Columns of the classification that the file has.
  let levels: [OffenceLevel: Int]

  /// The columns; nil for a header of another layout.
  ///
  /// - Throws: `HorizonError` of kind data for a header of this layout without a column that is needed.
  init?(_ header: TableHeader) throws {
    let names = header.names
    let keys = names.map(RecordedCrimeColumns.key)
    func find(_ wanted: String...) -> Int? { wanted.lazy.compactMap { keys.firstIndex(of: $0) }.first }
    guard let year = find("financialyear", "finyear"),
      keys.contains(where: { $0.hasPrefix("offence") || $0 == "cspname" || $0 == "rcdoffences" })
    else { return nil }
    let quarter = find("financialquarter", "finquarter", "quarter")
    let csp = find("cspname", "csp", "communitysafetypartnership", "communitysafetypartnershipname")
    let offences = find("offencecount", "numberofoffences", "rcdoffences", "recordedoffences", "offences")
    guard let quarter, let csp, let offences else {
      let needed = [("Financial Quarter", quarter), ("CSP Name", csp), ("Offence Count", offences)]
      throw header.missing(
        needed.filter { $0.1 == nil }.map(\.0), of: "the Home Office's recorded crime by partnership")
    }
    (self.year, self.quarter, self.csp, self.offences) = (year, quarter, csp, offences)
    count = names.count
    force = find("forcename", "force", "policeforce")
    levels = Dictionary(
      OffenceLevel.allCases.compactMap { level in
        find(RecordedCrimeColumns.key(level.column)).map { (level, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Letters and digits only, in lower case.
  private static func key(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
