/// A CSV file read by the letter of RFC 4180, with LF line ends: the other way round from what writes it.
public struct CSVDocument {
  /// Why a file is not one.
  public struct Malformed: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
  }

  /// The names of the columns.
  public let header: [String]
  /// The rows below it, each with a field a column.
  public let rows: [[String]]

  /// Reads a file.
  ///
  /// - Throws: ``Malformed`` for a stray quote, a row of another length, or a file that does not end with a line feed.
  public init(_ bytes: [UInt8]) throws {
    var records: [[String]] = []
    var (record, field) = ([String](), [UInt8]())
    var (isQuoted, wasQuoted) = (false, false)
    var index = 0
    func endField() {
      record.append(String(decoding: field, as: UTF8.self))
      field = []
      wasQuoted = false
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != 34 {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == 34 {
          field.append(34)
          index += 1
        } else {
          (isQuoted, wasQuoted) = (false, true)
        }
        continue
      }
      switch byte {
      case 34:
        guard field.isEmpty, !wasQuoted else {
          throw Malformed(description: "a quote within field \(record.count + 1)")
        }
        isQuoted = true
      case 44: endField()
      case 10:
        endField()
        records.append(record)
        record = []
      default:
        guard !wasQuoted else { throw Malformed(description: "text after a closing quote") }
        field.append(byte)
      }
    }
    guard !isQuoted, record.isEmpty, field.isEmpty, let header = records.first else {
      throw Malformed(description: "no header, or no line feed at the end")
    }
    for (number, record) in records.enumerated() where record.count != header.count {
      throw Malformed(description: "record \(number + 1) has \(record.count) fields, not \(header.count)")
    }
    self.header = header
    rows = Array(records.dropFirst())
  }
}
