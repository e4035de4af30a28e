import CommunitySafety
import Diagnostics
import Wording

/// The header of a CSV.
struct TableHeader: Sendable, Equatable {
  /// The fields without blanks around them.
  let names: [String]
  /// The names in lower case, for comparing.
  let keys: [String]
  /// Where it stands.
  let place: HorizonError.Location
  /// The fields as they stand in the file, where names were made of two rows.
  let written: [String]

  /// The header in a file's first record.
  init(_ record: CSVRecord, file: String) {
    names = (0..<record.count).map { record.text($0) }
    keys = names.map { $0.lowercased() }
    place = .init(file: file, line: record.line)
    written = names
  }

  /// A header with other names than are written in the file.
  init(names: [String], over header: TableHeader) {
    self.names = names
    keys = names.map { $0.lowercased() }
    place = header.place
    written = header.written
  }

  /// The place of one of its fields, counted from 0.
  func place(ofColumn column: Int) -> HorizonError.Location {
    .init(file: place.file, line: place.line, column: column + 1)
  }

  /// Whether a record says the same: files that were put together have headers in their middle, the second file's
  /// byte-order mark before it.
  func isRepeated(in record: CSVRecord) -> Bool {
    guard record.count == written.count else { return false }
    return written.indices.allSatisfy { column in
      var cell = record[column]
      if column == 0, cell.starts(with: [0xEF, 0xBB, 0xBF]) { cell = .init(rebasing: cell[3...]) }
      return cell.trimmed.elementsEqual(written[column].utf8)
    }
  }
}

extension TableHeader {
  /// The error for a header without the columns needed.
  func missing(_ missing: [String], of kind: String) -> HorizonError {
    let found = names
    let shown = found.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", ")
    let more = found.count > 20 ? ", ... (\(found.count) columns)" : ""
    return HorizonError(
      .data,
      "\(missing.count == 1 ? "the column" : "the columns") \(missing.joined(separator: ", ")) "
        + "of \(kind) \(missing.count == 1 ? "is" : "are") missing; found: \(shown)\(more)", at: place,
      remedy:
        "Expected are the header of a police.uk street-level file (Month, Crime type, Reported by, LSOA name, ...) "
        + "of a long table (area,measure,period and count[,population], numerator,denominator or value,unit; or "
        + "unique_id,ds,y), or of a wide one with a column a period")
  }

  /// The error for `--measure` where it has no place.
  var hasMeasures: HorizonError {
    HorizonError(
      .usage, "a measure was named for a table that names its own", at: place,
      remedy: "Leave --measure out; it is for tables without a measure column")
  }
}

extension CSVRecord {
  /// The error for a record with other than `wanted` fields.
  func ragged(_ wanted: Int, file: String) -> HorizonError {
    HorizonError(
      .data,
      isUnterminated && count < wanted
        ? "the last line has \(count) fields where the header has \(wanted), and no line end: the file may be cut short"
        : "the row has \(count) fields where the header has \(wanted)",
      at: .init(file: file, line: line),
      remedy: isUnterminated && count < wanted ? "Export or download it again" : "Quote fields that hold commas")
  }

  /// The error for a record that repeats the header below a title.
  func secondTable(file: String) -> HorizonError {
    HorizonError(
      .data, "a second table seems to begin here, with a title and the header once more",
      at: .init(file: file, line: line),
      remedy: "Give each table a file of its own, or one table a column measure that says what its rows count")
  }

  /// The error for a field, counted from 0, that names nothing.
  func blankName(_ column: Int, file: String) -> HorizonError {
    HorizonError(
      .data, "the field is blank", at: .init(file: file, line: line, column: column + 1),
      remedy:
        "Every row needs its area or unique_id, its measure where there is such a column, and its period; where cells were merged, fill the name down"
    )
  }

  /// The error for a field, counted from 0, that should hold a number: with the reason where it is a common one.
  func notANumber(_ column: Int, file: String) -> HorizonError {
    let text = text(column)
    let remedy =
      if text.first == "(", text.last == ")" {
        "Write a negative number as -12; brackets are not read"
      } else if text.last == "%" {
        "Leave the percent sign out, or give it a unit: area,measure,period,value,unit with the unit %"
      } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .currencySymbol }) {
        "Leave the currency sign out; area,measure,period,value,unit has a column for it"
      } else if text.contains(","), text.contains(where: \.isNumber) {
        "Write numbers as 1234.5 or 1,234.5; a decimal comma is not read"
      } else {
        "Write numbers as 1234 or 1234.5; leave a missing value blank or write NA"
      }
    return badNumber(column, "is not a number", file: file, remedy)
  }

  /// The error for a field, counted from 0, that `what` is said of.
  func badNumber(_ column: Int, _ what: String, file: String, _ remedy: String) -> HorizonError {
    HorizonError(
      .data, "\"\(SafeText.printable(String(text(column).prefix(40))))\" \(what)",
      at: .init(file: file, line: line, column: column + 1), remedy: remedy)
  }
}
