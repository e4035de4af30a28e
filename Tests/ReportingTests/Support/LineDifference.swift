/// Two texts set beside each other line by line, in words of a test's report.
enum LineDifference {
  private static let limit = 120

  /// Lines taken away (`-`) and added (`+`), each under the `===` heading it stands below.
  static func text(_ old: String, _ new: String) -> String {
    let (before, after) = (lines(old), lines(new))
    var (removed, added) = (Set<Int>(), Set<Int>())
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var output: [String] = []
    var (i, j, heading, told) = (0, 0, "", "")
    func tell(_ line: String) {
      if heading != told {
        output.append(heading)
        told = heading
      }
      output.append(line)
    }
    while i < before.count || j < after.count {
      if i < before.count, removed.contains(i) {
        tell("- \(before[i])")
        i += 1
      } else if j < after.count, added.contains(j) {
        if after[j].hasPrefix("===") { heading = String(after[j]) }
        tell("+ \(after[j])")
        j += 1
      } else {
        if after[j].hasPrefix("===") { heading = String(after[j]) }
        i += 1
        j += 1
      }
    }
    guard output.count > limit else { return output.joined(separator: "\n") }
    return (output.prefix(limit) + ["... \(output.count - limit) more lines"]).joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
