import NumericCore
import TestSupport
import Testing

/// The data and R's answers for the regression and linear-algebra tests; see Fixtures/regression.R.
struct RegressionFixture {
  let design: Matrix
  let columns: [String: [Double]]
  let expected: [String: Double]

  init() throws {
    let rows = try Fixture.table("regression-data.csv", target: "NumericCoreTests")
    var columns: [String: [Double]] = [:]
    for name in ["x1", "c1", "s1", "off", "w", "poisson_count", "nb_count"] {
      columns[name] = try rows.map { try number($0, name) }
    }
    self.columns = columns
    design = try Matrix(columns: [
      [Double](repeating: 1, count: rows.count), try #require(columns["x1"]), try #require(columns["c1"]),
      try #require(columns["s1"]),
    ])
    var expected: [String: Double] = [:]
    for row in try Fixture.table("regression-expected.csv", target: "NumericCoreTests") {
      expected["\(row["case"] ?? "")/\(row["name"] ?? "")"] = try number(row, "value")
    }
    self.expected = expected
  }

  func column(_ name: String) throws -> [Double] { try #require(columns[name]) }
  func value(_ key: String) throws -> Double { try #require(expected[key], "no fixture \(key)") }
}

private func number(_ row: [String: String], _ name: String) throws -> Double {
  try #require(row[name].flatMap { Double($0) }, "no number in column \(name)")
}

/// Whether two numbers agree to a relative tolerance (absolute below 1).
func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
  a == b || abs(a - b) <= tolerance * max(1, abs(b))
}
