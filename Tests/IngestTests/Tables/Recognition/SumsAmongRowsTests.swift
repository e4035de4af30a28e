import CommunitySafety
import Diagnostics
import NumericCore
import Testing
import TimeSeries

@testable import Ingest

@Suite struct SumsAmongRowsTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// Counts of areas and measures in some months, made by chance; the mean decides how much evidence there is.
  private static func counts(
    _ areas: [String], _ measures: [String], months: Int = 24, mean: Int = 40, seed: UInt64 = 5
  ) -> [SeriesKey: [Int]] {
    var random = RandomSource(seed: seed)
    var counts: [SeriesKey: [Int]] = [:]
    for area in areas {
      for measure in measures {
        counts[.init(area: area, measure: measure)] = (0..<months).map { _ in
          Int(random.next() % UInt64(2 * mean + 1))
        }
      }
    }
    return counts
  }

  private static func sum(_ rows: [[Int]]) -> [Int] {
    rows.dropFirst().reduce(rows[0]) { zip($0, $1).map(+) }
  }

  /// Series in the order of the areas, of each area in that of the measures.
  private static func series(_ counts: [SeriesKey: [Int]], _ areas: [String], _ measures: [String]) -> [Series] {
    areas.flatMap { area in
      measures.compactMap { measure in
        let key = SeriesKey(area: area, measure: measure)
        return counts[key].map { Series(key: key, start: .month(2019, 1), values: $0.map(Double.init)) }
      }
    }
  }

  private static let districts = ["Ashby", "Barton", "Corby", "Dunster", "Ely"]
  private static let crimes = ["Burglary", "Robbery", "Arson"]

  /// Adds an area that is the sum of others.
  private static func adding(_ name: String, of parts: [String], to counts: [SeriesKey: [Int]]) -> [SeriesKey: [Int]] {
    var counts = counts
    for crime in crimes {
      counts[.init(area: name, measure: crime)] = sum(parts.compactMap { counts[.init(area: $0, measure: crime)] })
    }
    return counts
  }

  /// Every count rounded for itself, so that the parts hardly ever add up.
  private static func rounded(_ counts: [SeriesKey: [Int]], to unit: Int) -> [SeriesKey: [Int]] {
    counts.mapValues { $0.map { ($0 + unit / 2) / unit * unit } }
  }

  @Test(arguments: [("Loamshire", 5, 5), ("Loamshire", 0, 5), ("Loamshire", 5, 10), ("Total", 2, 10)])
  func sumsThatRoundingHides(name: String, place: Int, unit: Int) {
    let counts = Self.adding(name, of: Self.districts, to: Self.counts(Self.districts, Self.crimes, mean: 60))
    var areas = Self.districts
    areas.insert(name, at: place)
    let sums = SumsAmongRows(Self.series(Self.rounded(counts, to: unit), areas, Self.crimes))
    #expect(sums.found.map(\.name) == [name] && sums.found.first?.parts == Self.districts)
    #expect(sums.found.first.map { $0.exact < $0.compared } == true)
    #expect(sums.isSum.count { $0 } == Self.crimes.count)
  }

  /// Groups above their districts, each a sum of the three below it.
  @Test func sumsOfNeighboursThatRoundingHides() {
    let (east, west) = (["Ashby", "Barton", "Corby"], ["Dunster", "Ely", "Frome"])
    var counts = Self.counts(east + west, Self.crimes, mean: 60)
    counts = Self.adding("East", of: east, to: counts)
    counts = Self.adding("West", of: west, to: counts)
    let areas = ["East"] + east + ["West"] + west
    let sums = SumsAmongRows(Self.series(Self.rounded(counts, to: 5), areas, Self.crimes))
    #expect(sums.found.map(\.name) == ["East", "West"] && sums.found.map(\.parts) == [east, west])
  }

  /// Whole numbers that are as good as normal, of deviation 15.
  private static func noise(_ random: inout RandomSource) -> Int {
    let sum = (0..<12).reduce(-6.0) { (sum: Double, _) -> Double in sum + Double(random.next() % 1000) / 1000 }
    return Int(sum * 15)
  }

  /// A place that follows the season of all others together differs by more than rounding.
  @Test func aPlaceThatMovesLikeTheOthersIsNoSum() {
    var random = RandomSource(seed: 11)
    var counts: [SeriesKey: [Int]] = [:]
    let season = (0..<48).map { $0 % 12 < 6 ? 60 : 200 }
    for area in Self.districts { counts[.init(area: area, measure: "x")] = season }
    counts[.init(area: "Loamshire", measure: "x")] = season.map { 5 * $0 + Self.noise(&random) }
    let series = Self.series(Self.rounded(counts, to: 10), Self.districts + ["Loamshire"], ["x"])
    #expect(SumsAmongRows(series).found.isEmpty)
  }

  /// Small counts meet by chance: exactly in a few months, or within rounding in all.
  @Test(arguments: [0, 1]) func smallCountsAreNoEvidence(off: Int) {
    var counts = Self.counts(Self.districts, ["x"], months: 12, mean: 1)
    let sum = Self.sum(Self.districts.compactMap { counts[.init(area: $0, measure: "x")] })
    counts[.init(area: "Loamshire", measure: "x")] = sum.enumerated().map { $0.element + off * ($0.offset % 2) }
    #expect(SumsAmongRows(Self.series(counts, Self.districts + ["Loamshire"], ["x"])).found.isEmpty)
  }

  /// Of a large total a hundredth may be withheld.
  @Test func aNamedTotalMayBeNearlyTheSum() {
    var counts = Self.counts(Self.districts, Self.crimes, mean: 2000)
    counts = Self.adding("Total", of: Self.districts, to: counts)
    for crime in Self.crimes {
      counts[.init(area: "Total", measure: crime)] = counts[.init(area: "Total", measure: crime)]?.map { $0 + $0 / 100 }
    }
    let sums = SumsAmongRows(Self.series(counts, Self.districts + ["Total"], Self.crimes))
    #expect(sums.found.map(\.name) == ["Total"] && sums.unlike.isEmpty)
  }

  /// Places as large as others together, with the same season, are not their sum; rounding must not make them so.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func placesAsLargeAsOthersTogetherAreNoSums(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let levels = ["Ashby": 60.0, "Barton": 60, "Corby": 120, "Dunster": 240, "Ely": 480]
    var counts: [SeriesKey: [Int]] = [:]
    for area in Self.districts {
      for crime in Self.crimes {
        counts[.init(area: area, measure: crime)] = (0..<48).map { month in
          let mean = (levels[area] ?? 0) * (month % 12 < 6 ? 0.7 : 1.3)
          let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() % 1000) / 1000 }
          return max(0, Int(mean + noise * mean.squareRoot()))
        }
      }
    }
    for unit in [1, 5, 10] {
      let sums = SumsAmongRows(Self.series(Self.rounded(counts, to: unit), Self.districts, Self.crimes))
      #expect(sums.found.isEmpty && !sums.isSum.contains(true))
    }
  }

  @Test(arguments: [
    ("Total", 5), ("Loamshire", 5), ("Loamshire total", 0), ("England", 2), ("All areas", 3),
  ]) func anAreaThatIsTheSumOfAllOthers(name: String, place: Int) {
    let counts = Self.adding(name, of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    var areas = Self.districts
    areas.insert(name, at: place)
    let sums = SumsAmongRows(Self.series(counts, areas, Self.crimes))
    #expect(sums.found.map(\.name) == [name])
    #expect(sums.found.first?.dimension == .area && sums.found.first?.parts == Self.districts)
    #expect(sums.found.first?.exact == 72 && sums.found.first?.compared == 72 && sums.found.first?.period == nil)
    #expect(sums.isSum.count { $0 } == 3)
  }

  /// Two counties below their districts, and the region that both make up.
  @Test(arguments: [false, true]) func sumsOfSums(isAbove: Bool) {
    let east = ["Fenby", "Gorton", "Holt"]
    var counts = Self.counts(Self.districts + east, Self.crimes)
    counts = Self.adding("Westshire", of: Self.districts, to: counts)
    counts = Self.adding("Eastshire", of: east, to: counts)
    counts = Self.adding("Midlands", of: ["Westshire", "Eastshire"], to: counts)
    var areas = Self.districts + ["Westshire"] + east + ["Eastshire", "Midlands"]
    if isAbove { areas.reverse() }
    let sums = SumsAmongRows(Self.series(counts, areas, Self.crimes))
    #expect(Set(sums.found.map(\.name)) == ["Westshire", "Eastshire", "Midlands"])
    #expect(sums.found.first { $0.name == "Midlands" }.map { Set($0.parts) } == ["Westshire", "Eastshire"])
  }

  @Test func measuresThatAreSums() {
    var counts = Self.counts(Self.districts, Self.crimes)
    for area in Self.districts {
      counts[.init(area: area, measure: "Everything")] = Self.sum(
        Self.crimes.compactMap { counts[.init(area: area, measure: $0)] })
    }
    // And an area with all of them, whose own sum of measures is no area.
    for crime in Self.crimes + ["Everything"] {
      counts[.init(area: "Total", measure: crime)] = Self.sum(
        Self.districts.compactMap { counts[.init(area: $0, measure: crime)] })
    }
    let series = Self.series(counts, Self.districts + ["Total"], ["Everything"] + Self.crimes)
    let sums = SumsAmongRows(series)
    #expect(sums.found.map(\.name) == ["Total", "Everything"])
    #expect(sums.found.map(\.dimension) == [.area, .measure])
    #expect(sums.isSum.count { !$0 } == 15)
  }

  @Test func aFewDifferencesAreSaidAndManyAreNoSum() {
    var counts = Self.adding("Loamshire", of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    let key = SeriesKey(area: "Loamshire", measure: "Robbery")
    counts[key]?[3] += 7
    let nearly = SumsAmongRows(Self.series(counts, Self.districts + ["Loamshire"], Self.crimes))
    #expect(nearly.found.first?.exact == 71 && nearly.found.first?.compared == 72)
    #expect(nearly.found.first?.period == .month(2019, 4))
    #expect(nearly.found.first.map { ($0.total ?? 0) - ($0.ofParts ?? 0) } == 7)
    for month in 0..<6 { counts[key]?[month] += 9 }
    #expect(SumsAmongRows(Self.series(counts, Self.districts + ["Loamshire"], Self.crimes)).found.isEmpty)
    // A name tells of what holds more than the parts in the file: no sum of them, and no place either.
    var partial = Self.adding("Total", of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    for crime in Self.crimes { partial[.init(area: "Ely", measure: crime)] = nil }
    let series = Self.series(partial, Self.districts.dropLast() + ["Total"], Self.crimes)
    let sums = SumsAmongRows(series)
    #expect(sums.found.isEmpty && sums.unlike.map(\.name) == ["Total"])
    #expect(zip(series, sums.isSum).allSatisfy { ($0.0.key.area == "Total") == $0.1 })
  }

  /// Sums that chance makes: small counts, copies, zeros, and a name that says total of what is none.
  @Test func whatIsNoSum() {
    for seed in 1...40 as ClosedRange<UInt64> {
      let areas = (0..<30).map { "A\($0)" }
      let counts = Self.counts(areas, Self.crimes, mean: seed % 2 == 0 ? 1 : 20, seed: seed)
      #expect(SumsAmongRows(Self.series(counts, areas, Self.crimes)).found.isEmpty)
    }
    var copies = Self.counts(["A", "B"], Self.crimes)
    for crime in Self.crimes {
      copies[.init(area: "B", measure: crime)] = copies[.init(area: "A", measure: crime)]
      copies[.init(area: "C", measure: crime)] = [Int](repeating: 0, count: 24)
    }
    #expect(SumsAmongRows(Self.series(copies, ["A", "B", "C"], Self.crimes)).found.isEmpty)
    let named = Self.counts(["A", "B", "Total"], Self.crimes)
    #expect(SumsAmongRows(Self.series(named, ["A", "B", "Total"], Self.crimes)).found.isEmpty)
  }

  @Test(arguments: [Totals.checked, .dropped, .kept]) func tablesWithSums(totals: Totals) async throws {
    let months = (1...12).map { "2019-\($0 < 10 ? "0" : "")\($0)" }
    let a = (1...12).map { 10 + $0 * 7 % 5 }
    let b = (1...12).map { 20 + $0 * 5 % 7 }
    func row(_ name: String, _ values: [Int]) -> String {
      "\(name),Theft,\(values.map(String.init).joined(separator: ","))"
    }
    let data = try await space.table([
      "Area,Offence,\(months.joined(separator: ","))", row("A", a), row("B", b), row("Both", zip(a, b).map(+)),
    ]) { $0.totals = totals }
    #expect(data.accounting.balances)
    #expect(data.panel.areas == (totals == .kept ? ["A", "B", "Both"] : ["A", "B"]))
    #expect(data.areas.count == data.panel.areas.count)
    #expect(data.accounting.setAside == (totals == .kept ? [:] : ["sum of other rows": 12]))
    let sum = TableNote.Sum(dimension: .area, name: "Both", parts: ["A", "B"], exact: 12, compared: 12)
    #expect(data.note("sums-among-rows") == (totals == .kept ? nil : .table(.sums([sum], isCheck: totals == .checked))))
  }

  @Test(arguments: ["Total", "GRAND TOTAL", "All  districts", "all", "Oxfordshire - total", "Total areas"])
  func namesOfTotals(name: String) { #expect(SumsAmongRows.isNamedTotal(name, .area)) }

  @Test(arguments: ["All other theft", "Totaland", "Totley", "Allen", "England", "Total crime"])
  func namesOfNoTotalArea(name: String) {
    #expect(!SumsAmongRows.isNamedTotal(name, .area) || name == "Total crime")
    #expect(SumsAmongRows.isNamedTotal("All crimes", .measure) && !SumsAmongRows.isNamedTotal("All crimes", .area))
  }

  /// What has no part in the table is no check on any, and stays: a measure of one area, an area's own measure.
  @Test func aSumWithoutPartsStays() {
    var counts = Self.counts(["Ashby"], ["Shoplifting", "Bicycle theft"])
    counts[.init(area: "Ashby", measure: "All theft")] = Self.sum(Array(counts.values))
    let measures =
      Self.series(counts, ["Ashby"], ["Shoplifting", "Bicycle theft", "All theft"])
      + [Series(key: .init(area: "Boxley", measure: "All theft"), start: .month(2020, 7), values: [9, 7, 8, 9, 9, 6])]
    let ofMeasures = SumsAmongRows(measures)
    #expect(ofMeasures.found.map(\.name) == ["All theft"])
    #expect(zip(measures, ofMeasures.isSum).filter(\.1).map(\.0.key.area) == ["Ashby"])
    var areas = Self.adding("Total", of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    areas[.init(area: "Total", measure: "Fraud")] = [Int](repeating: 7, count: 24)
    let series = Self.series(areas, Self.districts + ["Total"], Self.crimes + ["Fraud"])
    #expect(
      zip(series, SumsAmongRows(series).isSum).filter { !$0.1 && $0.0.key.area == "Total" }.map(\.0.key.measure) == [
        "Fraud"
      ])
  }

  /// A place whose name holds the word, larger than the other or the others, is no sum of them.
  @Test(arguments: [
    ["Ashby", "Total Wine Town"], ["North Total", "South Total"], ["Ashby", "North Total", "South Total"],
  ])
  func aNameWithTheWordIsNotEnough(areas: [String]) {
    var counts = Self.counts(areas, ["Burglary"], mean: 8)
    counts[.init(area: areas[areas.count - 1], measure: "Burglary")] = (0..<24).map { 60 + $0 % 7 }
    #expect(SumsAmongRows(Self.series(counts, areas, ["Burglary"])).found.isEmpty)
  }

  /// Rounded to five each, it is counted with the parts by nobody.
  @Test func aTotalMayBeRounded() {
    var counts = Self.adding("Total", of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    for crime in Self.crimes {
      let key = SeriesKey(area: "Total", measure: crime)
      counts[key] = counts[key].map { values in values.map { ($0 + 2) / 5 * 5 } }
    }
    #expect(SumsAmongRows(Self.series(counts, Self.districts + ["Total"], Self.crimes)).found.map(\.name) == ["Total"])
  }

  /// That nought is nought beside nought says nothing; a search among thousands of sparse areas ends.
  @Test(.timeLimit(.minutes(1))) func sparseAreasAreNoSumsOfEachOther() {
    var random = RandomSource(seed: 8)
    let series = (0..<3000).map { area in
      Series(
        key: .init(area: "A\(area)", measure: "x"), start: .month(2015, 1),
        values: (0..<96).map { $0 < 72 ? 0 : Double(random.next() % 4) })
    }
    #expect(SumsAmongRows(series).found.isEmpty)
  }

  /// A row named as of everything that the others do not add up to is said, and dropped where asked.
  @Test(arguments: ["Total", "ALL areas"]) func aTotalThatIsNoneIsSaid(name: String) {
    var counts = Self.counts(Self.districts, ["Burglary"])
    counts[.init(area: name, measure: "Burglary")] = (0..<24).map { 20 + $0 % 5 }
    let series = Self.series(counts, Self.districts + [name], ["Burglary"])
    let kept = SumsAmongRows(series)
    #expect(kept.found.isEmpty && zip(series, kept.isSum).allSatisfy { ($0.0.key.area == name) == $0.1 })
    #expect(kept.unlike.map(\.name) == [name] && kept.unlike.first?.parts == Self.districts)
    // A measure so named may hold what no row is of: it stays, unless it is to go.
    let measures = series.map {
      Series(key: .init(area: "A", measure: $0.key.area), start: $0.start, values: $0.values)
    }
    if name == "Total" {
      #expect(SumsAmongRows(measures).unlike.count == 1 && SumsAmongRows(measures).isSum.allSatisfy { !$0 })
      #expect(SumsAmongRows(measures, dropsUnlike: true).isSum.count(where: \.self) == 1)
    }
    // Beside one other only, or under a name of its own, it is an area like any.
    counts[.init(area: "Totley", measure: "Burglary")] = counts[.init(area: name, measure: "Burglary")]
    #expect(SumsAmongRows(Self.series(counts, Self.districts + ["Totley"], ["Burglary"])).unlike.isEmpty)
    #expect(SumsAmongRows(Self.series(counts, [Self.districts[0], name], ["Burglary"])).unlike.isEmpty)
  }

  /// Divisions below all their districts, with a total of both or without, and a whole that no name gives away, off by rounding.
  @Test(arguments: [false, true]) func divisionsAtTheFoot(hasTotal: Bool) {
    var counts = Self.adding(
      "North division", of: Array(Self.districts.prefix(2)), to: Self.counts(Self.districts, Self.crimes))
    counts = Self.adding("South division", of: Array(Self.districts.dropFirst(2)), to: counts)
    var names = Self.districts + ["North division", "South division"]
    if hasTotal {
      counts = Self.adding("Total", of: Self.districts, to: counts)
      names.append("Total")
    }
    let found = SumsAmongRows(Self.series(counts, names, Self.crimes))
    #expect(Set(found.found.map(\.name)) == Set(names.dropFirst(Self.districts.count)) && found.unlike.isEmpty)
  }

  @Test func aWholeMayBeOffByRoundingWhateverItsName() {
    var counts = Self.adding("Thames Valley", of: Self.districts, to: Self.counts(Self.districts, Self.crimes))
    for crime in Self.crimes {
      let key = SeriesKey(area: "Thames Valley", measure: crime)
      counts[key] = counts[key].map { values in values.enumerated().map { $1 + $0 % 5 - 2 } }
    }
    let names = ["Thames Valley"] + Self.districts
    #expect(SumsAmongRows(Self.series(counts, names, Self.crimes)).found.map(\.name) == ["Thames Valley"])
  }
}
