import CommunitySafety
import Testing

@testable import Simulation

@Suite struct TruthTests {
  let rows = Truth.text().split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func everyRowHasSevenFieldsAndASize() {
    #expect(rows[0] == ["kind", "area", "measure", "from", "through", "size", "note"])
    for row in rows.dropFirst() {
      #expect(row.count == 7)
      #expect(Double(row[5]) != nil)
    }
  }

  @Test func whatWasPlantedIsNamed() {
    func row(_ kind: String) -> [String] { rows.first { $0[0] == kind } ?? [] }
    #expect(row("rise").prefix(6) == ["rise", "West Oxfordshire", "Vehicle crime", "2023-07", "", "1.000"])
    #expect(row("spike").prefix(6) == ["spike", "Oxford", "Shoplifting", "2025-11", "2025-11", "1.000"])
    #expect(rows.filter { $0[0] == "recording step" && $0[5] == "0.250" }.count == 5)
    #expect(rows.filter { $0[0] == "repeat reports" }.map { $0[1] } == ["South Oxfordshire", "Vale of White Horse"])
    #expect(rows.filter { $0[0] == "COVID restriction" }.count == 3 * CrimeType.allCases.count)
    let asb = rows.first { $0[0] == "COVID restriction" && $0[2] == "Anti-social behaviour" }
    #expect(asb?[5] == "0.600")
    #expect(rows.filter { $0[0] == "seasonality" }.count == CrimeType.allCases.count)
  }
}
