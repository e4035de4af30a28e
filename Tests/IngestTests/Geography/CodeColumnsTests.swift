import Testing

@testable import Ingest

@Suite struct CodeColumnsTests {
  @Test(arguments: [
    ["LSOA21CD", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM", "LAD24NMW"],
    ["lsoa21_code", "ward24_code", "ward24_name", "ltla24_code", "ltla24_name", "objectid"],
  ])
  func bothSpellings(_ header: [String]) {
    let columns = CodeColumns(header: header)
    #expect(columns.all(.lsoa).map(\.code) == [0] && columns.newest(.lsoa)?.name == nil)
    #expect(columns.newest(.ward)?.code == 1 && columns.newest(.ward)?.name == 2)
    #expect(columns.newest(.district)?.code == 3 && columns.newest(.district)?.name == 4)
    #expect(columns.newest(.csp)?.key == nil && columns.change == nil)
  }

  @Test func vintagesInOrder() {
    let columns = CodeColumns(header: ["LAD23CD", "LSOA21CD", "CHNGIND", "LSOA11CD", "LAD09NM", "PFA24CD"])
    #expect(columns.all(.lsoa).map(\.vintage) == [11, 21] && columns.all(.lsoa).map(\.code) == [3, 1])
    #expect(columns.all(.district).map(\.key) == [4, 0])
    #expect(columns.change == 2 && columns.newest(.force)?.code == 5)
  }

  @Test func otherColumnsAreNone() {
    let columns = CodeColumns(header: ["CD", "21CD", "LSOACD", "LSOA2CD", "MSOA21CD", "code", "_code", "lad+4cd", ""])
    #expect(AreaKind.allCases.allSatisfy { columns.all($0).isEmpty } && columns.count == 9)
  }
}
