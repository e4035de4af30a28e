import CommunitySafety
import Testing
import TimeSeries

@testable import Simulation

@Suite struct OxfordshireSimulationTests {
  let simulation = OxfordshireSimulation()

  func series(_ area: String, _ type: CrimeType) throws -> Series {
    try #require(simulation.panel[SeriesKey(area: area, measure: type.rawValue)])
  }
  func mean(_ series: Series, _ months: some Sequence<Period>) -> Double {
    let values = months.compactMap { series[$0] }
    return values.reduce(0, +) / Double(values.count)
  }
  func months(_ from: Period, _ through: Period) -> [Period] { (0...(through - from)).map { from + $0 } }

  @Test func aSeriesForEachDistrictAndTypeAndMonth() {
    #expect(simulation.panel.series.count == 70)
    #expect(simulation.panel.series.allSatisfy { $0.count == 144 && $0.observedCount == 144 })
    #expect(simulation.panel.series.allSatisfy { $0.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() } })
    #expect(simulation.panel.span == Period.month(2014, 1)...Period.month(2025, 12))
    #expect(Set(simulation.panel.measures) == Set(CrimeType.allCases.map(\.rawValue)))
  }

  @Test func theSeedDecidesEveryByte() throws {
    let small = OxfordshireSimulation(seed: 7)
    #expect(try small.files() == OxfordshireSimulation(seed: 7).files())
    #expect(small.panel.series != OxfordshireSimulation(seed: 8).panel.series)
  }

  /// The totals of the sample months are those measured but for chance (the planted rise and the spike aside).
  @Test func levelsAreThoseMeasured() throws {
    for (place, district) in MeasuredLevels.districts.enumerated() {
      for type in CrimeType.allCases {
        let totals = MeasuredLevels.totals(type)
        let series = try series(district.name, type)
        for (measured, sample) in [
          (totals.early[place], MeasuredLevels.earlyMonths), (totals.late[place], MeasuredLevels.lateMonths),
        ] {
          if sample[0].0 == 2025, type == .vehicleCrime, district.name == "West Oxfordshire" { continue }
          var expected = Double(measured)
          if sample[0].0 == 2025, type == .shoplifting, district.name == "Oxford" {
            expected *= 1 + PlantedEffects.spike / 11
          }
          let simulated = sample.reduce(0.0) { $0 + (series[.month($1.0, $1.1)] ?? .nan) }
          // Four standard deviations: negative binomial in each month, and reporting noise.
          let monthly = expected / Double(sample.count)
          let variance =
            expected + Double(sample.count) * monthly * monthly * (1 / TypeCharacter.of(type).size + 0.0009)
          #expect(
            abs(simulated - expected) <= 4 * variance.squareRoot(),
            "\(series.key.uniqueID) \(sample[0].0): \(simulated) for \(expected)")
        }
      }
    }
  }

  @Test func countsScatterMoreThanByChance() throws {
    // Oxford's violence before 2019-02 has one level: its variance beside season exceeds its mean.
    let series = try series("Oxford", .violenceAndSexualOffences)
    let level = OxfordshireSimulation.Level(.violenceAndSexualOffences, district: 1)
    let months = months(.month(2014, 1), .month(2018, 12))
    let ratio =
      months.reduce(0.0) { sum, month in
        let expected = level.expected(month)
        let difference = (series[month] ?? .nan) - expected
        return sum + difference * difference / expected
      } / Double(months.count)
    #expect(ratio > 1.5 && ratio < 4)
  }

  @Test func vehicleCrimeRisesInWestOxfordshireAndNowhereElse() throws {
    let end = months(.month(2025, 10), .month(2025, 12))
    for district in MeasuredLevels.districts {
      let series = try series(district.name, .vehicleCrime)
      // The same months of the year before the rise, so that the season does not matter.
      let ratio = mean(series, end) / mean(series, end.map { $0 - 36 })
      if district.name == "West Oxfordshire" {
        #expect(ratio > 1.6, "\(ratio)")
        let years = [24, 12, 0].map { back in mean(series, months(.month(2025, 1), .month(2025, 12)).map { $0 - back })
        }
        #expect(years[0] < years[1] && years[1] < years[2], "\(years)")
      } else {
        #expect(ratio < 1.25, "\(district.name) \(ratio)")
      }
    }
  }

  @Test func shopliftingInOxfordHasOneSpikeFarBeyondChance() throws {
    let series = try series("Oxford", .shoplifting)
    let usual = mean(series, months(.month(2024, 11), .month(2025, 10)))
    let spike = try #require(series[.month(2025, 11)])
    #expect(spike / usual > 1.7 && spike / usual < 2.3, "\(spike) \(usual)")
    // Its chance as a negative binomial about the usual level is far below 1 in 100: more than five deviations.
    #expect((spike - usual) / (usual + usual * usual / 80).squareRoot() > 5)
    #expect(try #require(series[.month(2025, 12)]) / usual < 1.3)
  }

  @Test func violenceStepsUpEverywhereInApril2025() throws {
    for district in MeasuredLevels.districts {
      let series = try series(district.name, .violenceAndSexualOffences)
      let ratio =
        mean(series, months(.month(2025, 4), .month(2025, 12)))
        / mean(series, months(.month(2024, 4), .month(2024, 12)))
      #expect(ratio > 1.12 && ratio < 1.55, "\(district.name) \(ratio)")
    }
  }

  @Test func theRestrictionsCutCrimeAndRaiseASB() throws {
    func ratio(_ type: CrimeType) throws -> Double {
      let all = try MeasuredLevels.districts.map { try series($0.name, type) }
      return all.reduce(0.0) { $0 + mean($1, months(.month(2020, 4), .month(2020, 6))) }
        / all.reduce(0.0) { $0 + mean($1, months(.month(2019, 4), .month(2019, 6))) }
    }
    #expect(try ratio(.shoplifting) < 0.75)
    #expect(try ratio(.theftFromThePerson) < 0.65)
    #expect(try ratio(.antiSocialBehaviour) > 1.25)
  }

  @Test func theSeasonPeaksWhereItIsPlanted() throws {
    let series = try series("Oxford", .bicycleTheft)
    let byMonth = (1...12).map { month in mean(series, (2014...2019).map { Period.month($0, month) }) }
    let peak = try #require(byMonth.indices.max { byMonth[$0] < byMonth[$1] }) + 1
    #expect((8...10).contains(peak))
    #expect(byMonth[8] / byMonth[2] > 1.4)
  }
}
