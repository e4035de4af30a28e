/// Benjamini-Hochberg adjusted p-values (q-values): the smallest false-discovery rate at which each test is rejected.
///
/// Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57, 289-300; equals R's `p.adjust(p, "BH")`. NaN p-values are no
/// test: they stay NaN and do not count towards the number of tests.
public func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
  var adjusted = [Double](repeating: .nan, count: pValues.count)
  var smallest = 1.0
  for rank in stride(from: order.count, through: 1, by: -1) {
    let index = order[rank - 1]
    smallest = min(smallest, pValues[index] * (Double(order.count) / Double(rank)))
    adjusted[index] = smallest
  }
  return adjusted
}
