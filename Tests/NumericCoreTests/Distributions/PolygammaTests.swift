import NumericCore
import Testing

struct PolygammaTests {
  @Test func agreesWithR() throws {
    let fixture = try RegressionFixture()
    var compared = 0
    for (key, expected) in fixture.expected {
      let parts = key.split(separator: "/")
      guard parts[0].hasSuffix("gamma"), let x = Double(parts[1]) else { continue }
      let value = parts[0] == "digamma" ? digamma(x) : trigamma(x)
      #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "\(key)")
      compared += 1
    }
    #expect(compared == 14)
    #expect(digamma(0).isNaN && trigamma(-1).isNaN)
  }
}
