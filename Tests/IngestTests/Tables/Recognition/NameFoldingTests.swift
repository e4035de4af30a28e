import CommunitySafety
import Diagnostics
import ModelFiles
import Testing

@testable import Ingest

@Suite struct NameFoldingTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test(arguments: [
    ("Hammersmith & Fulham", "HAMMERSMITH  and fulham"), ("St. Helens", "st helens"), ("King's Lynn", "Kings Lynn"),
    ("King\u{2019}s Lynn", "King's Lynn"), ("Stoke-on-Trent", "Stoke on Trent"), ("West\u{A0}\u{A0}Ham", "West Ham "),
    ("Caf\u{E9} Row \u{2013} East", "caf\u{C9} row - east"), ("Bristol, City of", "Bristol City of"),
    ("Newcastle Upon Tyne", "Newcastle upon Tyne"), ("Violence_with_injury", "violence with injury"),
  ]) func oneName(a: String, b: String) {
    #expect(NameForm.form(a) == NameForm.form(b))
  }

  @Test(arguments: [
    ("1.5", "15"), ("70+", "70"), ("Ward 1", "Ward 11"), ("Theft", "Thefts"), ("<5", "5"), ("A/B", "AB"),
    ("Caf\u{E9}", "Cafe"), ("Change -1", "Change 1"), ("Change \u{2212}1", "Change 1"), ("-5", "5"),
  ]) func twoNames(a: String, b: String) { #expect(NameForm.form(a) != NameForm.form(b)) }

  @Test func placesAndCrimesWrittenInSeveralWays() async throws {
    let data = try await space.table([
      "area,measure,period,count", "Ox-ton,Theft & fraud,2019-01,1", "OX TON,Theft and fraud,2019-02,2",
      "Ox-ton,THEFT AND FRAUD,2019-03,3", "Ely,Theft & fraud,2019-01,4",
    ])
    #expect(data.panel.series.count == 2 && data.accounting.balances)
    #expect(data.values("Ox-ton", "Theft & fraud") == [1, 2, 3])
    #expect(
      data.notes.contains(.table(.spellings(.area, [.init(now: "Ox-ton", others: ["OX TON"])]))))
    #expect(
      data.notes.contains(
        .table(
          .spellings(
            .measure, [.init(now: "Theft & fraud", others: ["Theft and fraud", "THEFT AND FRAUD"])]))))
  }

  @Test func spellingsAreKeptApartWhereAsked() async throws {
    let data = try await space.table([
      "area,measure,period,count", "Ox-ton,x,2019-01,1", "OX TON,x,2019-01,2",
    ]) { $0.foldsSpellings = false }
    #expect(data.panel.series.map(\.key.area) == ["Ox-ton", "OX TON"] && data.note("spelling") == nil)
  }

  @Test func codesDecide() async throws {
    let data = try await space.table([
      "area,measure,period,count", "E07000178,ASB,2019-01,1", "OXFORD,ASB,2019-02,2", "Oxford,ASB,2019-03,3",
    ])
    #expect(data.values("Oxford", "ASB") == [1, 2, 3] && data.areas["Oxford"]?.code == "E07000178")
  }

  @Test func twoRowsThatMeetAreDuplicates() async throws {
    let rows = ["area,measure,period,count", "Ely,ASB,2019-01,1", "ELY,ASB,2019-01,2", "Ely,ASB,2019-02,5"]
    let error = try #require(try await space.tableError(rows))
    #expect(error.kind == .data && error.location?.line == 3)
    #expect(error.message.hasSuffix("the first is line 2; they are written \"Ely|ASB\", \"ELY|ASB\""))
    #expect(error.remedy?.contains("--no-fold-spellings") == true)
    let plain = try #require(try await space.tableError([rows[0], rows[1], rows[1]]))
    #expect(plain.message.hasSuffix("the first is line 2") && plain.remedy?.contains("--no-fold") == false)
    let wide = try #require(try await space.tableError(["Ward,Type,2019,2020", "Ely,x,1,2", "ELY,x,3,4"]))
    #expect(wide.remedy?.contains("--no-fold-spellings") == true)
    let summed = try await space.table(rows) { $0.duplicates = .summed }
    #expect(summed.values("Ely", "ASB") == [3, 5] && summed.accounting.balances)
  }

  @Test func anAreaHasOnePopulation() async throws {
    let header = "area,measure,period,count,population"
    for other in ["ELY", "Ely"] {
      let error = try #require(
        try await space.tableError([header, "Ely,ASB,2019-01,1,500", "\(other),Theft,2019-01,2,900"]))
      #expect(error.kind == .data && error.location?.line == 3 && error.message.contains("900 residents here and 500"))
      #expect(error.remedy?.contains("--no-fold-spellings") == (other == "ELY"))
    }
    // The next period may have another.
    let data = try await space.table([header, "Ely,ASB,2019-01,1,500", "ELY,ASB,2019-02,2,900"])
    #expect(data.areas["Ely"]?.population == 900)
  }

  @Test func identifiersMeanWhatTheyAre() async throws {
    let data = try await space.table(["unique_id,ds,y", "aB,2019-01,1", "Ab,2019-01,2", "aB,2019-02,1", "Ab,2019-02,2"])
    #expect(data.panel.series.count == 2 && !data.codes().contains("spelling"))
    let named = try await space.table(["unique_id,ds,y", "Ely|x,2019-01,1", "ELY|x,2019-02,2"])
    #expect(named.values("Ely", "x") == [1, 2])
  }

  /// Across files, one of them wide, whose rows without a measure are of areas.
  @Test func acrossFiles() async throws {
    let first = try space.write("a.csv", "Ward,2019-01,2019-02\nSt. Mary's,1,2\n")
    let second = try space.write("b.csv", "Ward,2019-03,2019-04\nST MARYS,3,4\n")
    let data = try await read([first, second])
    #expect(data.panel.series.map(\.values) == [[1, 2, 3, 4]] && data.accounting.balances)
  }

  @Test func aMeasureKeepsItsUnit() async throws {
    let header = "area,measure,period,value,unit"
    let data = try await space.table([header, "A,Days,2019-01,1.5,days", "A,days,2019-02,2,days"])
    #expect(data.units == ["Days": "days"] && data.panel.series.count == 1)
    let error = try await space.tableError([header, "A,Days,2019-01,1.5,days", "A,days,2019-02,2,hours"])
    #expect(error?.kind == .data)
  }

  /// A comma in a name of the file is part of it: towns of one name in two counties are neither each other nor a district.
  @Test func aCommaKeepsPlacesApart() throws {
    let registry = try ModelFileLoader.builtIn().areas
    let folding = NameFolding(["Preston, Dorset", "Preston, Kent", "Preston", "PRESTON"], districts: registry)
    #expect(folding.numbers == [0, 1, 2, 2])
    #expect(NameFolding(["Bristol", "Bristol, City of"], districts: registry).numbers == [0, 0])
  }
}
