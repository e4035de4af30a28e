import NumericCore
import Testing

struct StudentTTests {
  // R: pt(c(-2, 0.5, 3), c(1, 4, 30)), and upper tails; qt(.99, c(1, 4.5, 100)).
  @Test func agreesWithR() {
    let lower = [(-2.0, 1.0, 0.147583617650433), (0.5, 4, 0.678335018409068), (3, 30, 0.997305017967174)]
    for (t, df, p) in lower {
      #expect(abs(StudentT.tails(t, degreesOfFreedom: df).lower - p) < 1e-12)
      #expect(abs(StudentT.tails(-t, degreesOfFreedom: df).upper - p) < 1e-12)
    }
    for (df, q) in [(1.0, 31.82051595377393), (4.5, 3.52705089062609), (100, 2.36421736623848)] {
      #expect(abs(StudentT.quantile(0.99, degreesOfFreedom: df) - q) < 1e-8 * q, "\(df)")
      #expect(StudentT.quantile(0.01, degreesOfFreedom: df) == -StudentT.quantile(0.99, degreesOfFreedom: df))
    }
  }

  @Test func manyDegreesOfFreedomAreNormal() {
    #expect(abs(StudentT.tails(1.7, degreesOfFreedom: 1e9).upper - Normal.cdf(-1.7)) < 1e-9)
    #expect(StudentT.tails(.infinity, degreesOfFreedom: 3).upper == 0)
    #expect(StudentT.quantile(0, degreesOfFreedom: 3).isNaN)
  }
}
