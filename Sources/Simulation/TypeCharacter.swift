import CommunitySafety

/// How the counts of a crime type behave in the simulated world: chosen, not estimated, of the order seen in real months.
struct TypeCharacter: Sendable {
  /// Amplitude of the yearly wave on the log scale: 0.25 is about a quarter up in the peak month and down half a year
  /// from it.
  let amplitude: Double
  /// Month in which the wave peaks, 1...12.
  let peak: Int
  /// Size of the negative binomial: variance = mean + mean²/size.
  let size: Double
  /// What the restrictions of April 2020 multiply the level by.
  let restricted: Double

  static func of(_ type: CrimeType) -> TypeCharacter {
    switch type {
    case .antiSocialBehaviour: .init(amplitude: 0.25, peak: 7, size: 80, restricted: 1.6)
    case .bicycleTheft: .init(amplitude: 0.28, peak: 9, size: 60, restricted: 0.75)
    case .burglary: .init(amplitude: 0.1, peak: 12, size: 60, restricted: 0.6)
    case .criminalDamageAndArson: .init(amplitude: 0.08, peak: 6, size: 120, restricted: 0.75)
    case .drugs: .init(amplitude: 0.05, peak: 11, size: 60, restricted: 1.15)
    case .otherCrime: .init(amplitude: 0.03, peak: 6, size: 60, restricted: 0.9)
    case .otherTheft: .init(amplitude: 0.06, peak: 7, size: 120, restricted: 0.5)
    case .possessionOfWeapons: .init(amplitude: 0.05, peak: 5, size: 40, restricted: 0.9)
    case .publicOrder: .init(amplitude: 0.15, peak: 6, size: 100, restricted: 0.85)
    case .robbery: .init(amplitude: 0.1, peak: 11, size: 40, restricted: 0.5)
    case .shoplifting: .init(amplitude: 0.05, peak: 11, size: 80, restricted: 0.45)
    case .theftFromThePerson: .init(amplitude: 0.08, peak: 10, size: 50, restricted: 0.3)
    case .vehicleCrime: .init(amplitude: 0.1, peak: 11, size: 100, restricted: 0.6)
    case .violenceAndSexualOffences: .init(amplitude: 0.08, peak: 7, size: 300, restricted: 0.85)
    }
  }

  /// cos(2 pi k / 12), written out so that it is the same on every machine.
  static let yearlyWave = [
    1, 0.8660254037844386, 0.5, 0, -0.5, -0.8660254037844386, -1, -0.8660254037844386, -0.5, 0, 0.5,
    0.8660254037844386,
  ]

  /// Log of the seasonal factor in a month, 1...12.
  func seasonalLog(month: Int) -> Double { amplitude * TypeCharacter.yearlyWave[(month - peak + 12) % 12] }
}
