import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct ContextTableTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func table(_ text: String, name: String = "t.csv") throws -> ContextTable {
    var rest = Array(text.utf8)[...]
    return try ContextTable(file: name) { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  // MARK: estimates by year, by the names they are published under

  @Test(arguments: [
    // The analysis tables of mid-year estimates.
    "ladcode23,laname23,country,population_2021,births_2022,deaths_2022,population_2022,births_2023,population_2023\n"
      + "E07000178,Oxford,E,100,9,9,110,9,120\nE07000177,Cherwell,E,50,1,1,51,1,52\n",
    // By sex and age.
    "ladcode23,laname23,country,sex,age,population_2021,population_2022,population_2023\n"
      + "E07000178,Oxford,E,1,0,40,50,60\nE07000178,Oxford,E,2,0,30,30,30\nE07000178,Oxford,E,2,1,30,30,30\n"
      + "E07000177,Cherwell,E,1,0,50,51,52\n",
    // Long.
    "area,year,population\nE07000178,2021,100\nE07000178,2023,120\nE07000178,2022,110\nE07000177,2021,50\n"
      + "E07000177,2022,51\nE07000177,2023,52\n",
    "DATE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,OBS_VALUE\n2021,Oxford,E07000178,100\n2022,Oxford,E07000178,110\n"
      + "2023,Oxford,E07000178,120\n2021,Cherwell,E07000177,50\n2022,Cherwell,E07000177,51\n2023,Cherwell,E07000177,52\n",
    // Wide.
    "Code,Name,Mid-2021,Mid-2022,Mid-2023\nE07000178,Oxford,100,110,120\nE07000177,Cherwell,50,51,52\n",
    "ltla21_code,pop_census2021,pop_mid2021,pop_mid2022,pop_mid2023\nE07000178,1,100,110,120\nE07000177,2,50,51,52\n",
  ])
  func everyYearIsRead(_ text: String) throws {
    let populations = try table(text).populations
    #expect(populations["E07000178"] == [2021: 100, 2022: 110, 2023: 120])
    #expect(populations["E07000177"] == [2021: 50, 2022: 51, 2023: 52] && populations.count == 2)
  }

  @Test(arguments: [
    ("LAD 2023 Code,LAD 2023 Name,Total,F0 to 15,M0 to 15\nE07000178,Oxford,120,9,9\n", "sape-mid-2023.csv"),
    ("Mid-2023 estimates of the population\n\nLAD 2023 Code,LAD 2023 Name,Total\nE07000178,Oxford,120\n", "t.csv"),
    (
      "\"Population\"\n\"date\",\"2023\"\n\"district\",\"mnemonic\",\"All Ages\"\n\"Oxford\",\"E07000178\",120\n",
      "t.csv"
    ),
    ("Code,Name,Geography,All ages,0,1,2\nE07000178,Oxford,District,120,1,2,3\n", "MYE2 persons 2023.csv"),
  ])
  func aSheetOfOneYearSaysWhichAboveOrInItsName(_ text: String, _ name: String) throws {
    #expect(try table(text, name: name).populations == ["E07000178": [2023: 120]])
  }

  @Test(arguments: ["persons,All ages", "Total,Total", "T,all"])
  func rowsOfAllAreTakenBeforeTheirParts(_ all: String) throws {
    let text =
      "ladcode23,sex,age,population_2023\nE07000178,M,0,40\nE07000178,F,0,60\nE07000178,\(all),121\nE07000178,persons,0,100\n"
    #expect(try table(text).populations == ["E07000178": [2023: 121]])
  }

  @Test(arguments: [
    ("ladcode23,sex,age,population_2023\nE07000178,M,0,40\nE07000178,M,0,41\n", "second figure", 3),
    ("area,year,population\nOxford,2021,1\nOxford,2021,2\n", "second figure", 3),
    ("area,year,population\nOxford,next,1\n", "\"next\" is not a year", 2),
    ("ladcode23,population_2023\nE07000178,about 5\n", "not a whole number", 2),
    ("Estimates\nLAD 2023 Code,LAD 2023 Name,F0 to 15,M0 to 15\nE07000178,Oxford,1,2\n", "no population", 1),
  ])
  func whatIsAmissIsRefusedWithItsLine(_ text: String, _ words: String, _ line: Int) throws {
    let error = #expect(throws: HorizonError.self) { try table(text) }
    #expect(error?.kind == .data && error?.message.contains(words) == true && error?.location?.line == line)
    #expect(error?.remedy != nil)
  }

  // MARK: deprivation

  private static let imd2025 =
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024),"
    + "Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    + "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    + "Income Decile (where 1 is most deprived 10% of LSOAs),Total population: mid 2022"

  @Test(arguments: [
    imd2025
      + "\nE01000001,Oxford 001A,E07000178,Oxford,9.5,100,1,7,1500\nE01000012,Oxford 001C,E07000178,Oxford,1,9,2,7,9\n",
    "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),"
      + "Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile\n"
      + "E01000001,Oxford 001A,E07000178,Oxford,100,1\nE01000012,Oxford 001C,E07000178,Oxford,9,2\n",
    "lsoa21_code,ltla24_code,IMD_decile,IMD_rank\nE01000001,E07000178,1,100\nE01000012,E07000178,2,9\n",
  ])
  func decilesByTheirPublishedNames(_ text: String) async throws {
    let table = try table(text)
    #expect(table.figures[.deprivation] == ["E01000001": 1, "E01000012": 2])
    #expect(table.districtOfLSOA == ["E01000001": "E07000178", "E01000012": "E07000178"])
    // The table says itself in which district an LSOA lies: no lookup is needed.
    let path = try space.write("imd.csv", text)
    let data = try await space.table(["area,measure,period,count", "Oxford,Theft,2024-01,1"]) { $0.contexts = [path] }
    #expect(data.areas["Oxford"]?.deprivation?.lsoasByDecile.prefix(2) == [1, 1])
  }

  @Test func twoEditionsOfDeprivationAreRefused() async throws {
    let first = try space.write("a.csv", "lsoa21_code,ltla24_code,IMD_decile\nE01000001,E07000178,1\n")
    let second = try space.write("b.csv", "lsoa11_code,ltla19_code,IMD_decile\nE01000001,E07000178,2\n")
    let error = try await space.tableError(["area,measure,period,count", "Oxford,Theft,2024-01,1"]) {
      $0.contexts = [first, second]
    }
    #expect(error?.kind == .usage && error?.remedy?.contains("one edition") == true)
  }

  // MARK: rates

  private static let months = (0..<24).map { "Oxford,Theft,\(2022 + $0 / 12)-\(String(101 + $0 % 12).dropFirst()),1" }

  /// April 2022 to March 2023, by the closed form; then a year that has no estimate of its own.
  @Test(arguments: [(15, 112), (24, 120)]) func residentsAreThoseOfTheLastYear(_ months: Int, _ residents: Int)
    async throws
  {
    let path = try space.write("p.csv", "area,year,population\nE07000178,2022,110\nE07000178,2023,120\n")
    let rows = ["area,measure,period,count"] + Self.months.prefix(months)
    let data = try await space.table(rows) { $0.populations = [path] }
    // (9 x 110 + 3 x 120) / 12 = 112.5, rounded up to 113; of whole 2023 its own.
    #expect(data.areas["Oxford"]?.population == (months == 15 ? residents + 1 : residents))
    let whole = try await space.table(["area,measure,period,count"] + Self.months) { $0.populations = [path] }
    #expect(whole.asOf(.month(2023, 3)).areas["Oxford"]?.population == 113)
    #expect(whole.asOf(.month(2022, 12)).areas["Oxford"]?.population == 110)
  }

  @Test func yearsMayComeInSeveralFiles() async throws {
    let paths = try [
      space.write("mid-2022.csv", "LAD 2023 Code,Total\nE07000178,110\n"),
      space.write("mid-2023.csv", "LAD 2023 Code,Total\nE07000178,120\n"),
    ]
    let rows = ["area,measure,period,count"] + Self.months.prefix(18)
    let data = try await space.table(rows) { $0.populations = paths }
    #expect(data.areas["Oxford"]?.population == 115 && data.areas["Oxford"]?.estimates.first?.byYear.count == 2)
    let again = try space.write("again/mid-2023.csv", "LAD 2023 Code,Total\nE07000178,121\n")
    let error = try await space.tableError(rows) { $0.populations = paths + [again] }
    #expect(error?.kind == .usage && error?.message.contains("in 2023") == true)
  }

  @Test func aTableOfCountsMayHaveItsOwnEstimates() async throws {
    let rows = Self.months.prefix(18).enumerated().map { "\($1),\($0 < 12 ? 100 : 200)" }
    let data = try await space.table(["area,measure,period,count,population"] + rows)
    #expect(data.areas["Oxford"]?.population == 150)
    let one = try await space.table(["area,measure,period,count,population"] + rows.prefix(12))
    #expect(one.areas["Oxford"]?.population == 100 && one.areas["Oxford"]?.estimates == [])
  }
}
