import Ingest
import Testing

@testable import Reporting

@Suite struct FootprintWordsTests {
  private func sentence(_ notes: [AreaNote]) -> String? { FootprintWords(notes: notes.map(DataNote.areas)).sentence }

  private func footprint(isProposed: Bool) -> AreaNote {
    .footprint(name: "Two councils", isProposed: isProposed, from: 2028, note: nil, areas: [.init("A", parts: ["B"])])
  }

  @Test func aProposalIsCalledOne() {
    #expect(sentence([]) == nil)
    #expect(
      sentence([footprint(isProposed: true)])
        == "Told by the footprint \u{201C}Two councils\u{201D}, a proposal on which no decision is known (from 2028), as if it had been so all along."
    )
    #expect(
      sentence([footprint(isProposed: false)])
        == "Told by the footprint \u{201C}Two councils\u{201D} as if it had been so all along.")
  }

  @Test func whatIsLeftOutIsSaid() {
    let lacks = AreaNote.footprintLacks([.init("Ridgeway", lacks: ["West Berkshire"])])
    let unlisted = AreaNote.unlistedLSOAs([.init(district: "Oxford", lsoas: 3)])
    #expect(
      sentence([lacks, footprint(isProposed: false), unlisted])?.hasSuffix(
        "It is here in part: Ridgeway is left out, because the data lacks districts of it; LSOAs of Oxford are in none of its areas."
      ) == true)
  }
}
