import NumericCore
import TimeSeries

/// False-discovery rates over families of tests: which families hold something, and what in them.
///
/// A family is a measure in one period: its areas and their total. Families are selected by Benjamini & Hochberg (1995) over
/// Simes' (1986) p-value of each; within a selected family Benjamini & Hochberg runs at the rate times the share of
/// families selected, which controls the expected average false share over the selected families (Benjamini & Bogomolov
/// 2014, JRSS B 76, 297-318, theorem 1 and its procedure 3; compare the tree of Yekutieli 2008, JASA 103, 309-316, which
/// would let a rise in one area be seen only where the total rises too).
struct FamilySelection: Sendable {
  /// The smallest rate at which each test is rejected; NaN for NaN p-values. Families of one test each give
  /// ``NumericCore/benjaminiHochberg(_:)``.
  ///
  /// - Parameters:
  ///   - pValues: of every test.
  ///   - families: indices into them; every test is in one family at most, and NaN in the result if in none.
  static func rates(_ pValues: [Double], families: [[Int]]) -> [Double] {
    let tested = families.map { $0.filter { !pValues[$0].isNaN } }.filter { !$0.isEmpty }
    let within = tested.map { benjaminiHochberg($0.map { pValues[$0] }) }
    // Simes' p-value of a family is the smallest of its adjusted p-values.
    let selection = benjaminiHochberg(within.map { $0.min() ?? .nan })
    let levels = selection.sorted()
    let count = Double(tested.count)
    var rates = [Double](repeating: .nan, count: pValues.count)
    for (family, (members, adjusted)) in zip(tested, within).enumerated() {
      for (member, p) in zip(members, adjusted) {
        // With the first r families selected, at a rate from the r-th level up to the next, p must be below rate r / count.
        var smallest = 1.0
        for r in stride(from: levels.count, through: 1, by: -1) {
          // Neither of these is undercut by fewer families.
          if smallest <= selection[family] || p * count / Double(r) >= smallest { break }
          let rate = max(selection[family], levels[r - 1], p * count / Double(r))
          if r == levels.count || rate < levels[r] { smallest = min(smallest, rate) }
        }
        rates[member] = smallest
      }
    }
    return rates
  }

  /// The smallest rates of the verdicts of one period, each in its own direction.
  static func rates(of tests: [PeriodTest], families: [[Int]]) -> [Double] {
    rates(tests.map(\.pValue), tests.map(\.pLow), isDrop: tests.map { $0.kind == .drop }, families: families)
  }

  /// The same of the p-values of either tail.
  static func rates(_ pValues: [Double], _ pLow: [Double], isDrop: [Bool], families: [[Int]]) -> [Double] {
    let high = rates(pValues, families: families)
    let low = rates(pLow, families: families)
    return isDrop.indices.map { isDrop[$0] ? low[$0] : high[$0] }
  }

  /// A family a measure, in order of first appearance; a series that stands alone is a family of its own.
  static func families(_ series: [Series]) -> [[Int]] {
    var families: [[Int]] = []
    var byMeasure: [String: Int] = [:]
    for (index, series) in series.enumerated() {
      if let measure = series.key.measure, let family = byMeasure[measure] {
        families[family].append(index)
      } else {
        if let measure = series.key.measure { byMeasure[measure] = families.count }
        families.append([index])
      }
    }
    return families
  }
}
