import CommunitySafety
import NumericCore
import TimeSeries

/// What is planted in the simulated world: the truth that an engine is to find or to leave alone.
enum PlantedEffects {
  /// Vehicle crime in West Oxfordshire: from this month, by equal steps, up to ``rise`` in the last month and still rising.
  static let riseStart = Period.month(2023, 7)
  static let rise = 1.0
  /// Shoplifting in Oxford in this month only.
  static let spikeMonth = Period.month(2025, 11)
  static let spike = 1.0
  /// Violence and sexual offences everywhere from this month: recorded differently, not more of it.
  static let stepStart = Period.month(2025, 4)
  static let step = 0.25
  /// Standard deviation, on the log scale, of the noise of recording that the districts share in a month and type.
  static let reportingNoise = 0.03
  /// The share of incidents of anti-social behaviour reported by people who report again and again: before, and reached in
  /// the last month by equal steps from ``repeatStart``, in the two districts of South and Vale. The number of incidents
  /// does not change.
  static let repeatStart = Period.month(2024, 7)
  static let repeatShareBefore = 0.12
  static let repeatShareAfter = 0.45
  static let repeatDistricts = ["South Oxfordshire", "Vale of White Horse"]

  /// How far the restrictions of 2020 and 2021 reached in a month: 1 is April 2020, 0 is none.
  static func restriction(_ period: Period) -> Double {
    switch period {
    case .month(2020, 4): 1
    case .month(2020, 5): 0.9
    case .month(2020, 6): 0.6
    case .month(2020, 11): 0.4
    case .month(2021, 1), .month(2021, 2): 0.6
    case .month(2021, 3): 0.4
    default: 0
    }
  }

  /// Log of what the restrictions multiply the level of a type by in a month.
  static func restrictionLog(_ type: CrimeType, _ period: Period) -> Double {
    let reach = restriction(period)
    return reach == 0 ? 0 : reach * logarithm(TypeCharacter.of(type).restricted)
  }

  /// The relative change of the level of a type that the restrictions bring in a month.
  static func restrictionSize(_ type: CrimeType, _ period: Period) -> Double {
    exponential(restrictionLog(type, period)) - 1
  }

  /// What the change of recording multiplies the level of a type by in a month.
  static func recordingFactor(_ type: CrimeType, _ period: Period) -> Double {
    type == .violenceAndSexualOffences && period >= stepStart ? 1 + step : 1
  }

  /// What the rise and the spike multiply the level by.
  static func emergingFactor(_ type: CrimeType, district: String, _ period: Period, last: Period) -> Double {
    if type == .vehicleCrime, district == "West Oxfordshire", period >= riseStart {
      return 1 + rise * Double(period - riseStart + 1) / Double(last - riseStart + 1)
    }
    if type == .shoplifting, district == "Oxford", period == spikeMonth { return 1 + spike }
    return 1
  }

  /// The share of repeat reports in a district and month.
  static func repeatShare(district: String, _ period: Period, last: Period) -> Double {
    guard repeatDistricts.contains(district), period >= repeatStart else { return repeatShareBefore }
    let reached = Double(period - repeatStart + 1) / Double(last - repeatStart + 1)
    return repeatShareBefore + (repeatShareAfter - repeatShareBefore) * reached
  }
}
