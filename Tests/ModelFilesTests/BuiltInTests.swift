import CommunitySafety
import Diagnostics
import Foundation
import TestSupport
import Testing
import TimeSeries

@testable import ModelFiles

@Suite struct BuiltInTests {
  let reference: ReferenceData
  init() throws { reference = try ModelFileLoader.builtIn() }

  @Test(arguments: ModelFile.allCases) func theTextBuiltInIsTheFileInModels(_ file: ModelFile) throws {
    let url = Fixture.packageRoot.appendingPathComponent("Models/\(file.fileName)")
    #expect(file.builtInText == (try String(contentsOf: url, encoding: .utf8)), "run `make models`")
  }

  @Test func oxfordshireHasFiveDistrictsInFourPartnerships() throws {
    let expected = [
      ("Cherwell", "E07000177", "Cherwell", 161_024), ("Oxford", "E07000178", "Oxford City", 162_032),
      ("South Oxfordshire", "E07000179", "South and Vale", 149_092),
      ("Vale of White Horse", "E07000180", "South and Vale", 138_906),
      ("West Oxfordshire", "E07000181", "West Oxfordshire", 114_236),
    ]
    for (name, code, csp, population) in expected {
      let district = try #require(reference.areas.district(named: name))
      #expect(
        district == .init(name: name, code: code, csp: csp, force: "thames-valley", population: population))
      #expect(reference.areas.district(code: code) == district)
    }
  }

  @Test func footprintsOfOxfordshireAreThere() throws {
    let footprints = reference.footprints.footprints
    #expect(
      footprints.map(\.id) == ["districts", "partnerships", "one-county", "oxford-shires-ridgeway", "three-unitary"])
    let districts = reference.areas.districts.filter { $0.code.hasPrefix("E070001") && $0.force == "thames-valley" }
    let oxfordshire = Set((177...181).map { "E07000\($0)" })
    #expect(oxfordshire.isSubset(of: districts.map(\.code)))
    for footprint in footprints where !footprint.cutsThroughDistricts {
      let codes = footprint.areas.flatMap(\.districts)
      #expect(
        codes.allSatisfy { reference.areas.district(code: $0)?.successor == nil } && Set(codes).count == codes.count)
      #expect(Set(codes).isSuperset(of: oxfordshire), "\(footprint.id)")
      if footprint.kind == .csp {
        for area in footprint.areas {
          let members = reference.areas.districts.filter { $0.csp == area.name && $0.successor == nil }.map(\.code)
          #expect(members == area.districts)
        }
      }
    }
    let options = footprints.filter(\.isProposed)
    #expect(options.count == 3 && options.allSatisfy { $0.from == CivilDate(year: 2028, month: 4, day: 1) })
    #expect(options.allSatisfy { $0.note?.contains("not known to us") == true })
    let ridgeway = try #require(reference.footprints["Oxford & Shires and Ridgeway"]?.areas.last)
    #expect(ridgeway.districts == ["E07000179", "E07000180", "E06000037"])
    // Which LSOAs are in which is not known, and not guessed.
    let cutting = try #require(reference.footprints["three-unitary"])
    #expect(cutting.cutsThroughDistricts && cutting.areasWithoutList == ["Greater Oxford", "Northern", "Ridgeway"])
    #expect(cutting.areas.allSatisfy { $0.lsoas.isEmpty && $0.districts.isEmpty })
  }

  @Test(
    arguments: [
      ("Partnerships", nil), ("ONE-COUNTY", nil), ("partnership", "Perhaps 'partnerships' was meant"),
      ("ridgway", "Perhaps 'oxford-shires-ridgeway' was meant"), ("Yorkshire", "There are: districts, partnerships"),
    ] as [(String, String?)])
  func aFootprintIsFoundByItsName(_ name: String, _ remedy: String?) throws {
    if let remedy {
      let error = #expect(throws: HorizonError.self) { try reference.footprints.footprint(named: name) }
      #expect(error?.kind == .usage && error?.remedy?.contains(remedy) == true)
      #expect(error?.remedy?.contains("three-unitary") == true)
    } else {
      #expect(try reference.footprints.footprint(named: name).id == name.lowercased())
    }
  }

  @Test func everyDistrictAndForceOfEnglandAndWalesIsThere() {
    let current = reference.areas.districts.filter { $0.successor == nil }
    #expect(current.count == 318)
    #expect(reference.areas.forces.count == 43)
    // Census 2021 counts 59.6 million usual residents of England and Wales.
    #expect(current.reduce(0) { $0 + ($1.population ?? 0) } == 59_597_529)
    #expect(current.allSatisfy { $0.population != nil })
    #expect(reference.areas.knowsForce("avon-and-somerset"))
    #expect(!reference.areas.knowsForce("btp"))
  }

  @Test(
    arguments: [
      ("Wycombe", "Buckinghamshire", "thames-valley"), ("Sedgemoor", "Somerset", "avon-and-somerset"),
      ("Bristol, City of", "Bristol", "avon-and-somerset"), ("Shepway", "Folkestone and Hythe", "kent"),
      ("Bournemouth", "Bournemouth, Christchurch and Poole", "dorset"),
    ]) func formerDistrictsKnowWhoReplacedThem(name: String, successor: String, force: String) throws
  {
    let district = try #require(reference.areas.district(named: name))
    #expect(district.successor == successor)
    #expect(district.force == force)
    // A code that a former name shares with its successor finds the successor.
    #expect(try #require(reference.areas.district(code: "E06000023")).name == "Bristol")
  }

  /// Every merger since 2016, with the districts whose last day was the one before.
  @Test func mergedDistrictsHaveTheirDates() throws {
    let changes = reference.areas.changes
    #expect(changes.count == 12)
    #expect(changes.reduce(0) { $0 + $1.ended.count } == reference.areas.districts.count { $0.ended != nil })
    let dates = Dictionary(uniqueKeysWithValues: changes.map { ($0.began.name, $0) })
    let buckinghamshire = try #require(dates["Buckinghamshire"])
    #expect(buckinghamshire.date == CivilDate(year: 2020, month: 4, day: 1))
    #expect(buckinghamshire.ended.map(\.name) == ["Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"])
    #expect(dates["Somerset West and Taunton"]?.ended.map(\.name) == ["Taunton Deane", "West Somerset"])
    #expect(
      dates["Somerset"]?.ended.map(\.name) == ["Mendip", "Sedgemoor", "Somerset West and Taunton", "South Somerset"])
    // A name that is only spelt otherwise has no end.
    #expect(reference.areas.district(named: "Shepway")?.ended == nil)
  }

  @Test func everyCrimeTypeIsAMeasureAndASBIsNoCrime() {
    let known = Set(reference.measures.measures.map(\.name))
    #expect(CrimeType.allCases.allSatisfy { known.contains($0.rawValue) })
    let types = Set(CrimeType.allCases.map(\.rawValue))
    let noCrime = reference.measures.measures.filter { !$0.isCrime && types.contains($0.name) }
    #expect(noCrime.map(\.name) == ["Anti-social behaviour"])
    for group in reference.measures.groups {
      #expect(group.members?.contains(MeasureID("anti-social-behaviour")) == false)
    }
  }

  @Test func allCrimeIsEveryTypeButASBAndSeriousAcquisitiveCrimeIsAProxy() throws {
    let all = try #require(reference.measures.groups.first { $0.name == "All crime (excluding ASB)" })
    let types = CrimeType.allCases.filter { $0 != .antiSocialBehaviour }
    #expect(Set(all.members ?? []) == Set(types.map { MeasureID(slugOf: $0.rawValue) }))
    #expect(all.isCrime && all.polarity == .lowerIsBetter)
    let serious = try #require(reference.measures.groups.first { $0.name == "Serious acquisitive crime" })
    #expect(serious.members == ["burglary", "robbery", "vehicle-crime"].map { MeasureID($0) })
    #expect(serious.label == "Serious acquisitive crime (proxy)")
  }

  @Test func harmSetsWeighEachTypeOrSayWhyNot() throws {
    #expect(reference.harmWeights.map(\.name) == ["cchi-2026", "ons-css-2016", "equal"])
    for set in reference.harmWeights {
      #expect(set["Anti-social behaviour"] == nil)
      for type in CrimeType.allCases {
        #expect((set[type.rawValue] == nil) == (set.unweighted[type.rawValue] != nil), "\(set.name) \(type)")
      }
    }
    #expect(reference.harmWeights[0]["Other crime"] == nil)
    #expect(reference.harmWeights[0]["Violence and sexual offences"] == 195.93)
    #expect(reference.harmWeights[1]["Violence and sexual offences"] == nil)
    #expect(reference.harmWeights[1]["Other crime"] == nil)
    #expect(CrimeType.allCases.compactMap { reference.harmWeights[2][$0.rawValue] } == Array(repeating: 1, count: 13))
  }

  @Test func theCOVIDWindowsMaskTheirMonthsOnly() {
    let interventions = reference.breaks.interventions(
      places: ["Oxford"], measures: ["Burglary"], frequency: .monthly)
    let masked = (0..<24).map { Period.month(2020, 1) + $0 }.filter { p in interventions.contains { $0.masks(p) } }
    #expect(
      masked.map { PeriodStyle.yearMonth.format($0) } == [
        "2020-04", "2020-05", "2020-06", "2020-11", "2021-01", "2021-02", "2021-03",
      ])
  }

  /// The counting rules changed twice and an act came into force: each a break in what it names, and in nothing else.
  @Test(
    arguments: [
      ("Violence and sexual offences", ["2018-04", "2023-06", "2026-06"]), ("Public order", ["2023-06", "2026-06"]),
      ("Other crime", ["2026-06"]), ("Stalking and harassment", ["2018-04", "2023-06"]),
      ("8L", ["2018-04", "2023-06"]),
      ("Public fear, alarm or distress", ["2023-06"]), ("Robbery", []), ("Anti-social behaviour", []), ("8N", []),
    ]) func changesOfTheCountingRulesAreBreaksOfTheirMeasures(measure: String, months: [String])
  {
    let found = reference.breaks.interventions(places: ["Oxford"], measures: [measure], frequency: .monthly)
      .filter { $0.effect == .step }
    #expect(found.map { PeriodStyle.yearMonth.format($0.start) } == months)
    #expect(found.allSatisfy { $0.note.hasSuffix("(to be checked by the analyst)") && $0.kind == .recordingChange })
  }

  @Test func everyBreakBuiltInHasASourceAndIsKnownAsSuch() {
    #expect(reference.breaks.entries.count == 6)
    #expect(reference.breaks.entries.allSatisfy { $0.isBuiltIn && $0.source != nil })
  }

  /// Of 6,480 force-months of 2014 to 2025, 106 are absent; the list has those of them that were named.
  @Test func theArchiveIsKnownToLackWholeStretches() {
    let entries = reference.coverage.entries
    let absent = entries.filter { $0.state == .absent }.reduce(0) {
      $0 + ($1.months.upperBound - $1.months.lowerBound) + 1
    }
    // BTP 11 and 11, City of London 1, Devon and Cornwall 2, Greater Manchester 37 and 40, Gwent 4.
    #expect(absent == 106 && entries.allSatisfy(\.isToBeChecked))
    #expect(reference.coverage.entry(force: "greater-manchester", month: .month(2022, 8))?.state == .partial)
    #expect(reference.coverage.entry(force: "greater-manchester", month: .month(2022, 9))?.state == .absent)
    #expect(reference.coverage.entry(force: "thames-valley", month: .month(2022, 9)) == nil)
  }

  @Test func prioritiesBelongToOxfordshiresPartnerships() {
    #expect(
      reference.priorities.byPartnership.keys.sorted() == [
        "Cherwell", "Oxford City", "South and Vale", "West Oxfordshire",
      ])
    #expect(
      reference.priorities.priority(partnership: "Cherwell", measure: MeasureID("vehicle-crime"))?.name
        == "Acquisitive crime")
    #expect(reference.priorities.priority(partnership: "Oxford City", measure: MeasureID("burglary")) == nil)
  }
}
