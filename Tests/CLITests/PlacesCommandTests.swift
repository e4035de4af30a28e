import Foundation
import Testing

/// Where within districts problems lie, by files of police.uk and lookups that the test writes.
@Suite struct PlacesCommandTests {
  private static let districts = [("Oxford", "E07000178"), ("Cherwell", "E07000177")]
  /// Neighbourhoods of a district.
  private static let neighbourhoods = 12

  private static func code(_ district: Int, _ place: Int) -> String { "E0102\(district)\(100 + place)" }

  /// Records a month of a neighbourhood: a third of the places have nearly all.
  private static func records(_ district: Int, _ place: Int, _ month: Int) -> Int {
    place < 4 ? 6 + (month + place) % 3 - district : (place + month) % 2
  }

  private static func write(_ folder: URL, months: Int = 36, withoutPlace: Int = 2) throws {
    for month in 0..<months {
      let name = "\(2022 + month / 12)-\(String(101 + month % 12).dropFirst())"
      var text =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
      var number = 0
      for (d, (district, _)) in districts.enumerated() {
        for place in 0..<neighbourhoods {
          for _ in 0..<records(d, place, month) {
            number += 1
            let id = String(month * 10_000 + number, radix: 16)
            text +=
              "\(String(repeating: "0", count: 64 - id.utf8.count))\(id),\(name),Thames Valley Police,Thames Valley Police,-1,51,On or near X,\(code(d, place)),\(district) 0\(10 + place)A,\(number % 3 == 0 ? "Burglary" : "Vehicle crime"),Under investigation,\n"
          }
        }
      }
      let path = folder.appendingPathComponent("data/\(name)")
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
      try text.write(
        to: path.appendingPathComponent("\(name)-thames-valley-street.csv"), atomically: true, encoding: .utf8)
    }
    var censuses = "LSOA11CD,LSOA21CD,CHNGIND,LAD22CD,LAD22NM\n"
    var wards = "LSOA21CD,WD24CD,WD24NM,LAD24CD,LAD24NM\n"
    var tiles = "WD24CD,column,row\n"
    var deprivation = "lsoa11_code,IMD_decile\n"
    for (d, (district, own)) in districts.enumerated() {
      for place in 0..<neighbourhoods {
        censuses += "\(code(d, place)),\(code(d, place)),U,\(own),\(district)\n"
        wards += "\(code(d, place)),E0500\(d)\(100 + place / 2),\(district) ward \(place / 2),\(own),\(district)\n"
        // In Oxford six places of the most deprived fifth, in Cherwell none.
        deprivation += "\(code(d, place)),\(d == 0 && place < 6 ? 1 + place % 2 : 9 + place % 2)\n"
        if d == 0, place % 2 == 0 { tiles += "E0500\(d)\(100 + place / 2),\(place / 2 % 3),\(place / 6)\n" }
      }
    }
    for (name, text) in [("censuses", censuses), ("wards", wards), ("tiles", tiles), ("imd", deprivation)] {
      try text.write(to: folder.appendingPathComponent("\(name).csv"), atomically: true, encoding: .utf8)
    }
  }

  private static func rows(_ folder: URL, _ file: String) throws -> [[String: String]] {
    let lines = try String(contentsOf: folder.appendingPathComponent("pack/\(file)"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0), uniquingKeysWith: { a, _ in a }) }
  }

  @Test func placesAddUpToWhatTheDistrictRecordedAndPagesSayHowTheyLie() throws {
    try withTemporaryFolder { folder in
      try Self.write(folder)
      let run = try HorizonProcess(
        [
          "sia", "data", "--lookup", "censuses.csv", "--lookup", "wards.csv", "--lookup", "tiles.csv", "--context",
          "imd.csv", "--out", "pack", "--quiet",
        ], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let places = try Self.rows(folder, "places.csv")
      let risks = try Self.rows(folder, "risks.csv")
      for measure in ["Burglary", "Vehicle crime"] {
        for (district, _) in Self.districts {
          let own = places.filter { $0["area"] == district && $0["measure"] == measure }
          #expect(own.count == 7 && own.last?["place"] == "", "six wards and what names none")
          let sum = own.reduce(0) { $0 + (Double($1["last_year"] ?? "") ?? .nan) }
          let risk = try #require(
            risks.first { $0["area"] == district && $0["measure"] == measure && $0["level"] == "district" }
              ?? risks.first { $0["area"] == district && $0["measure"] == measure })
          #expect(sum == Double(risk["last_12"] ?? ""), "\(district) \(measure)")
          let first = ["\(district) ward 0", "\(district) ward 1"]
          #expect(first.contains(own.first?["place"] ?? "") && own.first?["rank"] == "1")
          let ranked = own.dropLast().compactMap { Double($0["last_year"] ?? "") }
          #expect(ranked == ranked.sorted(by: >))
        }
      }
      let page = try String(contentsOf: folder.appendingPathComponent("pack/places/oxford.html"), encoding: .utf8)
      #expect(page.contains("of 12 neighbourhoods with any record; chance alone would spread it over"))
      #expect(page.contains("times as many were recorded in a neighbourhood of the district among the most deprived"))
      #expect(page.contains("class=\"tiles\"") && page.contains("numbered by rank"))
      let other = try String(contentsOf: folder.appendingPathComponent("pack/places/cherwell.html"), encoding: .utf8)
      #expect(other.contains("Too few of its neighbourhoods lie in the most or the least deprived fifth"))
      #expect(other.contains("in a neighbourhood of all districts here") && !other.contains("class=\"tiles\""))
      let home = try String(
        contentsOf: folder.appendingPathComponent("pack/partnerships/cherwell.html"), encoding: .utf8)
      #expect(home.contains("href=\"../places/cherwell.html\""))
    }
  }

  @Test func withoutWhatItNeedsNothingIsSaidAndThePackIsMade() throws {
    try withTemporaryFolder { folder in
      try Self.write(folder, months: 14)
      let run = try HorizonProcess(["sia", "data", "--lookup", "wards.csv", "--out", "pack"], in: folder)
      #expect(run.exitCode == 0 && run.errors.contains("nothing is said of places within districts"), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("pack/places.csv").path))
      let tiles = "WD24CD,column,row\nE05000100,one,2\n"
      try tiles.write(to: folder.appendingPathComponent("bad.csv"), atomically: true, encoding: .utf8)
      let bad = try HorizonProcess(["sia", "data", "--lookup", "bad.csv", "--out", "other"], in: folder)
      #expect(bad.exitCode == 65 && bad.errors.contains("bad.csv:2:2: \"one\" is no place on a grid"), "\(bad.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("other").path))
    }
  }
}
