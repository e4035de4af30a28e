import ArgumentParser

/// Interval levels in per cent, as `80,95`.
struct Levels: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Double($0) }
    guard values.count == parts.count, values.allSatisfy({ $0 > 0 && $0 < 100 }) else { return nil }
    // Ascending and each once, so that bounds nest from the inside out.
    self.values = Array(Set(values)).sorted()
  }

  static let standard = Levels(values: [80, 95])
  private init(values: [Double]) { self.values = values }

  var defaultValueDescription: String { "80,95" }
}
