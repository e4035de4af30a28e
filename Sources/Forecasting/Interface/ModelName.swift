/// The name of a method of ``ForecasterRegistry/standard``: what the command line takes and outputs repeat.
///
/// The constants are for code that asks for a method by name; a method needs none to be found.
public struct ModelName: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The name: `auto-ets`.
  public let rawValue: String

  private init(_ name: String) { rawValue = name }

  /// The name of a registered method; nil for any other.
  public init?(rawValue: String) {
    guard ForecasterRegistry.standard[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The names of all registered methods, in the order of the registry.
  public static var allCases: [ModelName] { ForecasterRegistry.standard.methods.map { ModelName($0.name) } }

  /// The method of this name.
  public var method: ForecastingMethod {
    guard let method = ForecasterRegistry.standard[rawValue] else { preconditionFailure("\(self) is not registered") }
    return method
  }

  /// Whether the forecast of a series depends on the other series of its pool.
  public var learnsFromPools: Bool { method.learnsFromPools }
}

extension ModelName: CustomStringConvertible {
  /// The name itself.
  public var description: String { rawValue }
}

extension ModelName {
  /// ``AutoForecaster``.
  public static let auto = ModelName("auto")
  /// ``CombinationForecaster``.
  public static let combination = ModelName("combination")
  /// ``AutoETS``.
  public static let autoETS = ModelName("auto-ets")
  /// ``CES``.
  public static let ces = ModelName("ces")
  /// ``AutoARIMA``.
  public static let autoARIMA = ModelName("auto-arima")
  /// ``Theta``.
  public static let theta = ModelName("theta")
  /// ``MSTL``.
  public static let mstl = ModelName("mstl")
  /// ``CountsForecaster``.
  public static let counts = ModelName("counts")
  /// ``ProportionsForecaster``.
  public static let proportions = ModelName("proportions")
  /// ``TSB``.
  public static let tsb = ModelName("tsb")
  /// ``CrostonSBA``.
  public static let crostonSBA = ModelName("croston-sba")
  /// ``SeasonalWindowAverage``.
  public static let windowAverage = ModelName("window-average")
  /// ``SeasonalNaive``.
  public static let seasonalNaive = ModelName("seasonal-naive")
  /// ``HistoricAverage``.
  public static let historicAverage = ModelName("historic-average")
}
