import TimeSeries

/// The combination of forecasts (Bates & Granger 1969, Operational Research Quarterly 20, 451-468) of classical members, in equal
/// parts, and for counts the counts model: the theta model and exponential smoothing, and for values and counts of hundreds complex
/// exponential smoothing and ARIMA besides.
///
/// Quantiles are averaged, level by level (Vincent 1912; Lichtendahl, Grushka-Cockayne & Winkler 2013, Management Science
/// 59, 1594-1611). A pool of the distributions themselves would be wider than its members by all that they disagree on;
/// the average is as wide as they are, which for members calibrated by their own past errors is what is wanted. A decomposition
/// by loess is no member: with it forecasts of the M3 competition and of recorded crime came out no better.
enum Combination {
  /// The members that need no pool. Undamped trends are among the candidates here, unlike in ``AutoETS`` alone: the theta
  /// model, whose drift is half a trend, holds back what would run away.
  static func classical(_ size: Size) -> [any Forecaster] {
    let few: [any Forecaster] = [Theta(), AutoETS(trends: [.none, .additive, .damped])]
    return size == .small ? few : few + [CES(), AutoARIMA(breadth: 0)]
  }

  /// Whether the dynamics of a series can be told from the chance of counting.
  enum Size: Hashable, Sendable {
    /// Counts of up to some hundreds: what ARIMA would learn of them is chance.
    case small
    /// Values, and counts whose chance (at 200 it is 7 %) hardly matters.
    case large

    init(_ series: Series) { self = series.whyNotCounts == nil ? Size(mean: series.observedMean) : .large }
    init(mean: Double) { self = mean < Size.edge ? .small : .large }

    /// Mean count from which on they are large: the last edge of ``CountBand``.
    static let edge = CountBand.edges.last ?? .infinity
  }

  /// Fits the members and weighs them; one that cannot be fitted leaves its share to the others of its kind.
  ///
  /// - Parameters:
  ///   - counts: the counts model of the series, where it is one of counts.
  ///   - blend: what the members weigh.
  ///   - size: whose members; the series' own unless given.
  /// - Throws: ``FitFailure``, that of the first classical member, where none of them can be fitted.
  static func fit(
    _ series: Series, counts: CountsModel?, blend: Blend, size: Size? = nil
  ) throws(FitFailure) -> CombinationModel {
    var members: [CombinationModel.Member] = []
    var failure: FitFailure?
    for forecaster in classical(size ?? Size(series)) {
      do {
        members.append(.init(weight: 1, model: try forecaster.fit(series)))
      } catch {
        failure = failure ?? error
      }
    }
    if members.isEmpty { throw failure ?? FitFailure("no member fits it") }
    let share = counts == nil ? 1 : blend.classical
    for i in members.indices { members[i].weight = share / Double(members.count) }
    if let counts, share < 1 { members.append(.init(weight: 1 - share, model: counts)) }
    return CombinationModel(series, members: members, stretch: blend.stretch)
  }
}
