import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Stops a run at data in clear that would tell who a person is. It looks at the name and at every field of every column,
/// known or not, and never repeats what it found.
struct PersonalDataGuard {
  /// Years before an incident beyond which a date of another column is likely a date of birth.
  static let birthYears = 10
  /// Fields that must look alike, and the share of a column's filled fields they must be, where one alone may be chance.
  static let (leastFields, leastShare) = (3, 0.05)
  /// The same for a column of references or pseudonyms, whose letters and digits fall by chance.
  static let leastShareOfIdentifiers = 0.5

  private struct Column {
    let isIdentifier: Bool
    let isDate: Bool
    var filled = 0
    /// By kind, fields and the line of the first.
    var likely: [PersonalDataKind: (fields: Int, line: Int)] = [:]
  }

  private let file: String
  private let names: [String]
  private var columns: [Column]
  /// Texts of each column that were found harmless, so that categories are looked at once.
  private var harmless: [ByteInterner]

  /// A guard of columns with these names.
  ///
  /// - Parameters:
  ///   - identifiers: columns of references and pseudonyms.
  ///   - dates: columns of the dates of the incident.
  /// - Throws: `HorizonError` of kind data if a column is named for personal data.
  init(file: String, columns names: [String], identifiers: Set<Int>, dates: Set<Int>) throws {
    self.file = file
    self.names = names
    columns = names.indices.map { Column(isIdentifier: identifiers.contains($0), isDate: dates.contains($0)) }
    harmless = [ByteInterner](repeating: ByteInterner(), count: names.count)
    for (index, name) in names.enumerated() {
      if let kind = PersonalDataHeader.kind(of: name) { throw refusal(kind, index, 1, "is named for") }
    }
  }

  /// Looks at a row whose incident was on `day` (days since 1970-01-01; nil if it has no date).
  ///
  /// - Throws: `HorizonError` of kind data, without the value, for a field that is personal data for certain.
  mutating func check(_ record: CSVRecord, day: Int32?) throws {
    for index in columns.indices where !columns[index].isDate {
      let field = record[index].trimmed
      if field.isEmpty { continue }
      columns[index].filled += 1
      if harmless[index].find(field) != nil { continue }
      let found = PersonalDataText.find(field, isIdentifier: columns[index].isIdentifier)
      if let (kind, weight) = found {
        if weight == .certain { throw refusal(kind, index, record.line, "holds what looks like") }
        note(kind, index, record.line)
      } else if isBirth(field, day) {
        note(.birth, index, record.line)
      } else if harmless[index].count < 4096, !columns[index].isIdentifier {
        _ = harmless[index].intern(field)
      }
    }
  }

  /// Judges the columns as a whole.
  ///
  /// - Throws: `HorizonError` of kind data for a column a good part of which looks like personal data.
  func judge() throws {
    for (index, column) in columns.enumerated() {
      for kind in PersonalDataKind.allCases {
        guard let (fields, line) = column.likely[kind], fields >= PersonalDataGuard.leastFields else { continue }
        let share = Double(fields) / Double(max(1, column.filled))
        let least =
          column.isIdentifier ? PersonalDataGuard.leastShareOfIdentifiers : PersonalDataGuard.leastShare
        if share >= least { throw refusal(kind, index, line, "holds what looks like") }
      }
    }
  }

  private mutating func note(_ kind: PersonalDataKind, _ index: Int, _ line: Int) {
    columns[index].likely[kind, default: (0, line)].fields += 1
  }

  /// Whether the field is a date so long before the incident that it is somebody's birth rather than anything about it.
  /// Eight digits alone are rather a number than a date.
  private func isBirth(_ field: UnsafeBufferPointer<UInt8>, _ day: Int32?) -> Bool {
    guard let day, let first = field.first, first &- 48 < 10, field.contains(where: { $0 &- 48 >= 10 }),
      let date = CivilDate(cell: field)
    else { return false }
    return date.daysSinceEpoch < Int(day) - PersonalDataGuard.birthYears * 365
  }

  private func refusal(_ kind: PersonalDataKind, _ index: Int, _ line: Int, _ how: String) -> HorizonError {
    HorizonError(
      .data,
      "the column \"\(SafeText.printable(String(names[index].prefix(40))))\" \(how) \(kind.rawValue) in clear; nothing was read",
      at: .init(file: file, line: line, column: index + 1),
      remedy: "Ask the partner to leave the column out or to replace its values by pseudonyms, and delete this copy")
  }
}
