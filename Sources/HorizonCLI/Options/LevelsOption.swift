import ArgumentParser

/// Interval levels in per cent, as `80,95`.
struct Levels: CustomStringConvertible {
  let values: [Double]

  /// Reads levels, each with or without a sign of per cent.
  ///
  /// - Throws: `ValidationError` with what to write: a level under 1 is a share that was meant as per cent.
  init(_ argument: String) throws {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { part -> Double? in
      let text = part.filter { $0 != " " }
      return Double(text.hasSuffix("%") ? text.dropLast() : text[...])
    }
    guard values.count == parts.count, values.allSatisfy({ $0 > 0 && $0 < 100 }) else {
      throw ValidationError("Levels are per cent, from 1 to under 100: write --levels 80,95.")
    }
    if let share = values.first(where: { $0 < 1 }) {
      throw ValidationError("Levels are per cent: write \(Levels([100 * share])), not \(share).")
    }
    self.init(values)
  }

  static let standard = Levels([80, 95])

  /// What the option is, with the default that the parser does not show of an option that is read by a function.
  static let help = ArgumentHelp("Levels of the central prediction intervals, in per cent. (default: \(standard))")

  /// Ascending and each once, so that bounds nest from the inside out.
  private init(_ values: [Double]) { self.values = Array(Set(values)).sorted() }

  /// As it is written: `80,95`.
  var description: String {
    values.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: ",")
  }
}
