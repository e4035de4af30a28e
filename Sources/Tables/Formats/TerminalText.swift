import Wording

/// Columns padded to their widest cell, numbers to the right.
struct TerminalText {
  private let names: [String]
  private let isNumeric: [Bool]
  private var lines: [[String]] = []

  init(_ columns: [ColumnSchema]) {
    names = columns.map(\.name)
    isNumeric = columns.map(\.kind.isNumeric)
  }

  /// Takes in a row; only the last one is drawn when all are there.
  mutating func append(_ cells: [Cell]) { lines.append(cells.map(TerminalText.short)) }

  /// Everything, with a heading.
  func drawn() -> String {
    var widths = names.map(\.count)
    for line in lines {
      for (i, text) in line.enumerated() { widths[i] = max(widths[i], text.count) }
    }
    var output = drawn(names, widths) + drawn(widths.map { String(repeating: "-", count: $0) }, widths)
    for line in lines { output += drawn(line, widths) }
    return output
  }

  private func drawn(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (i, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[i] - cell.count))
      line += (i == 0 ? "" : "  ") + (isNumeric[i] ? padding + cell : cell + padding)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// The cell for a terminal: control characters are shown as U+FFFD, so that a hostile name cannot command it, numbers
  /// with at most four decimals.
  private static func short(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): SafeText.printable(text)
    case .number(let number) where number.isFinite:
      abs(number) < 1e11 && abs(number) >= 1e-4
        ? plainNumber((number * 1e4).rounded() / 1e4) : plainNumber(significant(number))
    case .integer(let number): String(number)
    case .number, .blank: ""
    }
  }
}
