import Testing

@testable import CommunitySafety

@Suite struct DeprivationTests {
  @Test func sharesAndMedian() throws {
    let deprivation = try #require(Deprivation(deciles: [1, 2, 2, 7, 10, 0, 11]))
    #expect(deprivation.lsoas == 5)
    #expect(deprivation.shareInMostDeprivedDecile == 0.2 && deprivation.shareInMostDeprivedQuintile == 0.6)
    #expect(deprivation.medianDecile == 2)
    #expect(Deprivation(deciles: [3, 6])?.medianDecile == 4.5)
    #expect(Deprivation(deciles: [0]) == nil && Deprivation(adding: []) == nil)
  }

  @Test func areasTogether() throws {
    let parts = try [[1, 1, 3], [9]].map { try #require(Deprivation(deciles: $0)) }
    #expect(Deprivation(adding: parts) == Deprivation(deciles: [9, 3, 1, 1]))
  }
}
