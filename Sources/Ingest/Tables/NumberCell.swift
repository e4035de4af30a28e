/// A cell that should hold a number.
enum NumberCell: Equatable {
  case number(Double)
  case blank
  /// `NA`, `NaN`, `null` and the like, in any case.
  case notAvailable
  /// A mark of suppression or of no figure: `[c]`, `*`, `<5`, `-`, `..`, `:`.
  case suppressed
  case bad

  /// Reads a cell without blanks around it. Thousands separators must stand where they belong; a comma is never a
  /// decimal mark. Decimals are rounded correctly.
  @inline(__always)
  init(_ cell: UnsafeBufferPointer<UInt8>) {
    // Up to 15 digits are a whole number that a Double holds exactly, and so is a power of ten up to 22: their
    // quotient is rounded once, hence correctly (Clinger 1990).
    var mantissa = 0
    var (digits, decimals) = (0, -1)
    var position = 0
    let isNegative = cell.first == 45
    if isNegative || cell.first == 43 { position = 1 }
    while position < cell.count {
      let byte = cell[position]
      if byte &- 48 < 10 {
        mantissa = mantissa &* 10 &+ Int(byte &- 48)
        digits &+= 1
        if decimals >= 0 { decimals &+= 1 }
      } else if byte == 46, decimals < 0 {
        decimals = 0
      } else {
        break
      }
      position &+= 1
    }
    if position == cell.count, digits > 0, digits <= 15 {
      let size = decimals > 0 ? Double(mantissa) / NumberCell.powerOfTen(decimals) : Double(mantissa)
      self = .number(isNegative && size != 0 ? -size : size)
    } else {
      self = NumberCell.other(cell)
    }
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  private static func other(_ cell: UnsafeBufferPointer<UInt8>) -> NumberCell {
    guard !cell.isEmpty else { return .blank }
    guard cell.count <= 64 else { return .bad }
    let text = String(decoding: cell, as: UTF8.self)
    switch text.lowercased() {
    case "na", "n/a", "nan", "null", "none", "#n/a": return .notAvailable
    case "*", "**", "-", "--", "..", ":", "c", "\u{2013}", "\u{2014}": return .suppressed
    default: break
    }
    if cell[0] == 60, text.dropFirst().drop(while: { $0 == "=" || $0 == " " }).allSatisfy(\.isNumber), cell.count > 1 {
      return .suppressed
    }
    if cell[0] == 91, cell[cell.count - 1] == 93, cell.count <= 6 { return .suppressed }
    let plain = text.contains(",") ? withoutSeparators(text) : withoutBlanks(text) ?? withoutPoints(text) ?? text
    // Only what is spelled in digits: "inf", "0x10" and the like are no data.
    guard let plain, plain.utf8.allSatisfy({ $0 &- 48 < 10 || [43, 45, 46, 69, 101].contains($0) }),
      let number = Double(plain), number.isFinite
    else { return .bad }
    return .number(number)
  }

  /// `1 234 567` without its blanks, of whatever kind, or the apostrophes of Switzerland; nil if it has none, or they stand
  /// elsewhere than before each group of three digits.
  private static func withoutBlanks(_ text: String) -> String? {
    func isBlank(_ character: Character) -> Bool {
      character.isWhitespace || character == "'" || character == "\u{2019}"
    }
    let trimmed = text.trimmedOfBlanks
    let groups = trimmed.split(omittingEmptySubsequences: false, whereSeparator: isBlank)
    if groups.count == 1 { return trimmed.utf8.count < text.utf8.count ? trimmed : nil }
    return isGrouped(groups) ? groups.joined() : nil
  }

  /// `1.234.567` without its points; nil for one point, which may be a decimal's.
  private static func withoutPoints(_ text: String) -> String? {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count > 2 && isGrouped(groups) ? groups.joined() : nil
  }

  /// Whether all groups are of three digits but the first, which may have a sign, and fewer.
  private static func isGrouped(_ groups: [Substring]) -> Bool {
    let first = groups[0].drop { $0 == "-" || $0 == "+" }
    return (1...3).contains(first.utf8.count) && first.utf8.allSatisfy { $0 &- 48 < 10 }
      && groups.dropFirst().allSatisfy { $0.utf8.count == 3 && $0.utf8.allSatisfy { $0 &- 48 < 10 } }
  }

  /// `1,234,567.8` without its commas; nil if they stand elsewhere than before each group of three digits.
  private static func withoutSeparators(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, !(parts.count == 2 && parts[1].contains(",")) else { return nil }
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    let first = groups[0].drop { $0 == "-" || $0 == "+" }
    guard (1...3).contains(first.utf8.count), groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
      groups.allSatisfy({ $0.drop { $0 == "-" || $0 == "+" }.utf8.allSatisfy { $0 &- 48 < 10 } })
    else { return nil }
    return text.replacing(",", with: "")
  }
}
