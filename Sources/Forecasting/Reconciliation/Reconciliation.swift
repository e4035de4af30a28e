/// What brings forecasts of parts and totals to add up, by the name that a user gives.
public enum Reconciliation: String, CaseIterable, Sendable, Hashable {
  /// ``counts``, with each level's own forecasts believed as far as the last years, held out, say (``LevelEvidence``).
  case auto
  /// ``ReconciliationMethod/bottomUp``.
  case bottomUp = "bottom-up"
  /// ``ReconciliationMethod/topDown``.
  case topDown = "top-down"
  /// ``ReconciliationMethod/middleOut``.
  case middleOut = "middle-out"
  /// ``ReconciliationMethod/ols``.
  case ols
  /// ``ReconciliationMethod/wlsStruct``.
  case wlsStruct = "wls-struct"
  /// ``ReconciliationMethod/wlsVar``.
  case wlsVar = "wls-var"
  /// ``ReconciliationMethod/mint``.
  case mint
  /// Least squares in the variances that the forecasts themselves foresee of the window's total (``CountWeights``).
  case counts
  /// Nothing: every node's own forecast, which do not add up.
  case none

  /// What it comes to.
  public var chosen: Reconciliation { self == .auto ? .counts : self }
  /// The method by that name; nil for ``counts``, ``none`` and ``auto``.
  public var method: ReconciliationMethod? { ReconciliationMethod(rawValue: rawValue) }
}

/// The variances that ``Reconciliation/counts`` weighs forecasts by.
///
/// A leaf's is what its own forecast foresees of its total over the window, per step, and a part of a count, since a leaf that foresees
/// nothing is not certain. A total's is (1 - w) / w of the sum of its leaves', so that of a single total its own forecast has the part w and
/// the sum of its parts the rest: leaves' errors go together, so that their sum is less sure than independent ones', and a total tells
/// its own level and trend better than they do. Past one-step errors, which ``ReconciliationMethod/mint`` goes by, say less of a year ahead.
public enum CountWeights {
  /// The part w of a level of which nothing is known, chosen among .5, .67, .8 and .91 on held-out origins of New South Wales, 2011 to 2013.
  static let ownPart = 0.8
  /// What each leaf's variance has beside what is foreseen.
  static let least = 0.1

  /// The variances of a structure's nodes.
  ///
  /// - Parameters:
  ///   - own: each leaf's forecast over the window, by node; a leaf without one foresees nothing.
  ///   - window: steps of the window.
  ///   - ownParts: w by level, between 0 and 1 and neither of them; of others ``ownPart``.
  public static func variances(
    _ structure: SummingStructure, own: [CoherentDraws.Own?], window: Int, ownParts: [String: Double] = [:]
  ) -> [Double] {
    let sums = leafSums(structure, own: own, window: window)
    return structure.names.indices.map { node in
      guard !structure.parts[node].isEmpty else { return sums[node] }
      let part = ownParts[structure.levels[node]] ?? ownPart
      return sums[node] * (1 - part) / part
    }
  }

  /// Of each node the variance that its leaves' forecasts, taken as independent, foresee of the whole window.
  static func windowVariances(_ structure: SummingStructure, own: [CoherentDraws.Own?], window: Int) -> [Double] {
    leafSums(structure, own: own, window: window).map { $0 * Double(window) }
  }

  private static func leafSums(_ structure: SummingStructure, own: [CoherentDraws.Own?], window: Int) -> [Double] {
    let leaves = structure.leaves.map { leaf in
      let deviation = own[leaf]?.deviation ?? 0
      return deviation * deviation / Double(max(1, window)) + least
    }
    return structure.rows.map { $0.reduce(0) { $0 + leaves[Int($1)] } }
  }
}
