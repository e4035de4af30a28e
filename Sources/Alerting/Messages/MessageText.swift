import Wording

extension AlertMessage {
  /// The message as plain text, for terminals and mail: finding, why, numbers, what would end it, how to answer.
  public var plainText: String {
    var parts = ["\(headline)", sentences.joined(separator: "\n")]
    if let facts {
      parts.append(([AlertMessage.table(facts)] + [facts.unjudged].compactMap(\.self)).joined(separator: "\n"))
      if !facts.parts.isEmpty {
        parts.append(
          (["By area: \(facts.told().joined(separator: ", "))."] + [facts.difference].compactMap(\.self))
            .joined(separator: " "))
      }
      if isOpen { parts += [facts.chance, facts.ending].compactMap(\.self) }
    }
    parts += [previous, link.map { "In the pack: \($0)" }].compactMap(\.self)
    parts.append(list(50))
    if let owner { parts.append("This rule is answered for by \(owner).") }
    if !answers.isEmpty {
      parts.append(([AlertMessage.toAnswer] + answers.map { "  \($0)" }).joined(separator: "\n"))
    }
    return SafeText.printable(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"), keepsLines: true) + "\n"
  }

  /// What stands above the commands.
  static let toAnswer = "To answer, where alerts are run:"

  /// The alerts that it is about, a line each.
  func list(_ most: Int) -> String {
    var lines = entries.prefix(most).map { "- \($0.headline) [\($0.alert)]" }
    if entries.count > most { lines.append("- and \(NumberText.grouped(entries.count - most)) more") }
    return lines.joined(separator: "\n")
  }

  /// A figure to two digits at least: 1,234, 41, 8.6, 0.08.
  static func number(_ x: Double?) -> String {
    x.map { NumberText.grouped($0, decimals: $0 == $0.rounded() || abs($0) >= 10 ? 0 : abs($0) >= 1 ? 1 : 2) } ?? "-"
  }

  /// The last periods, each with a bar as long as its count.
  static func table(_ facts: AlertFacts) -> String {
    let longest = facts.rows.flatMap { [$0.observed, $0.upper] }.compactMap(\.self).max() ?? 0
    let cells = facts.rows.map { row -> [String] in
      let length = longest > 0 ? Int(((row.observed ?? 0) / longest * 24).rounded()) : 0
      return [
        row.period, number(row.observed), number(row.expected), row.usual,
        String(repeating: "#", count: max(0, length)),
      ]
    }
    let all = [["", "recorded", "expected", "usual", ""]] + cells
    let widths = (0..<5).map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let text = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || column == 4 ? cell + space : space + cell
      }.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
