/// The forecasting methods that can be asked for by name.
///
/// A method is one folder and one line in ``standard``; the command line, backtests and tests find it there. A method of
/// another package needs no line: the engine takes a ``ForecastingMethod`` too, and a registry with it serves many.
///
///     let registry = ForecasterRegistry.standard.adding(.alone("the last value again") { LastValue() })
///     registry["last-value"]?.summary  // "the last value again"
public struct ForecasterRegistry: Sendable {
  /// The methods in the order in which they are listed to users.
  public private(set) var methods: [ForecastingMethod]

  /// The methods of this package.
  public static let standard = ForecasterRegistry([
    .pooled("chosen series by series, a count model and combinations of it above all") { AutoForecaster() },
    .pooled("equal parts of theta, exponential smoothing and the count model") { CombinationForecaster() },
    .alone("exponential smoothing chosen by corrected AIC") { AutoETS() },
    .alone("complex exponential smoothing chosen by corrected AIC") { CES() },
    .alone("seasonal ARIMA, orders chosen by corrected AIC") { AutoARIMA() },
    .alone("the dynamic optimised theta model") { Theta() },
    .alone("decomposition by loess, the rest smoothed") { MSTL() },
    .pooled("negative binomial counts, their season and priors pooled by measure") { CountsForecaster() },
    .pooled("shares of a known whole, pooled by measure") { ProportionsForecaster() },
    .alone("intermittent counts that may stop (Teunter, Syntetos and Babai)") { TSB() },
    .alone("intermittent counts (Croston, corrected by Syntetos and Boylan)") { CrostonSBA() },
    .alone("the mean of the last three values of the season") { SeasonalWindowAverage() },
    .alone("the last value of the season") { SeasonalNaive() },
    .alone("the mean of the history") { HistoricAverage() },
  ])

  /// A registry of methods.
  ///
  /// - Precondition: no two have the same name.
  public init(_ methods: [ForecastingMethod]) {
    precondition(Set(methods.map(\.name)).count == methods.count, "methods have names of their own")
    self.methods = methods
  }

  /// The method of a name; nil where none has it.
  public subscript(name: String) -> ForecastingMethod? { methods.first { $0.name == name } }

  /// The registry with one more method; it takes the place of a method of the same name.
  public func adding(_ method: ForecastingMethod) -> ForecasterRegistry {
    var registry = self
    if let i = methods.firstIndex(where: { $0.name == method.name }) {
      registry.methods[i] = method
    } else {
      registry.methods.append(method)
    }
    return registry
  }
}
