/// The place of a cell as spreadsheet programs write it: `D17`.
enum CellReference {
  /// Column and row, each from 1, of `D17`, `$D$17` or `d17`; nil for anything else, and for places beyond a sheet.
  static func parse(_ text: some Collection<UInt8>) -> (column: Int, row: Int)? {
    var (column, row, digits) = (0, 0, 0)
    for byte in text where byte != UInt8(ascii: "$") {
      if byte &- 48 < 10 {
        row = row * 10 + Int(byte - 48)
        digits += 1
      } else {
        let letter = byte & 0xDF
        guard digits == 0, (65...90).contains(letter) else { return nil }
        column = column * 26 + Int(letter - 64)
      }
      guard column <= SheetRows.columnLimit, row <= SheetRows.rowLimit else { return nil }
    }
    return column > 0 && row > 0 ? (column, row) : nil
  }
}
