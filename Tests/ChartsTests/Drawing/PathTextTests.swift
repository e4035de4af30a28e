import Testing

@testable import Charts

@Suite struct PathTextTests {
  @Test func aMissingPointBreaksTheLine() {
    #expect(PathText.line([(0, 1), (1, 2), nil, (3, 4), (4, 5.128)]) == "M0 1 L1 2 M3 4 L4 5.13")
    #expect(PathText.line([nil, nil]) == "")
  }

  @Test func aMissingBoundBreaksTheBand() {
    #expect(
      PathText.band(x: [0, 1, 2, 3], lower: [9, 9, nil, 9], upper: [1, 2, 3, 4]) == "M0 1 L1 2 L1 9 L0 9 Z")
  }

  @Test func runsAreMaximal() {
    #expect(PathText.runs(count: 5) { $0 != 2 } == [0..<2, 3..<5])
    #expect(PathText.runs(count: 0) { _ in true } == [])
  }
}
