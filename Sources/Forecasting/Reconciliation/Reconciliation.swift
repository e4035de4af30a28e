/// What brings forecasts of parts and totals to add up, by the name that a user gives.
public enum Reconciliation: String, CaseIterable, Sendable, Hashable {
  /// What held-out evidence favours (see the model card): ``counts``.
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
/// nothing is not certain. A total's is a quarter of the sum of its leaves': leaves' errors go together, so that their sum is less
/// sure than independent ones', and a total tells its own level and trend better than they do. The quarter was chosen among 1, 1/2, 1/4 and 1/10 on
/// held-out origins of New South Wales, 2011 to 2013; past one-step errors, which ``ReconciliationMethod/mint`` goes by, say less of a year
/// ahead.
public enum CountWeights {
  /// A total's variance as a part of its leaves' sum.
  static let totalPart = 0.25
  /// What each leaf's variance has beside what is foreseen.
  static let least = 0.1

  /// The variances of a structure's nodes.
  ///
  /// - Parameters:
  ///   - own: each leaf's forecast over the window, by node; a leaf without one foresees nothing.
  ///   - window: steps of the window.
  public static func variances(
    _ structure: SummingStructure, own: [CoherentDraws.Own?], window: Int
  ) -> [Double] {
    let leaves = structure.leaves.map { leaf in
      let deviation = own[leaf]?.deviation ?? 0
      return deviation * deviation / Double(max(1, window)) + least
    }
    return structure.rows.enumerated().map { node, row in
      let sum = row.reduce(0) { $0 + leaves[Int($1)] }
      return structure.parts[node].isEmpty ? sum : totalPart * sum
    }
  }
}
