import TimeSeries

/// The combination of forecasts (Bates & Granger 1969, Operational Research Quarterly 20, 451-468) of the theta model
/// and exponential smoothing, in equal parts, and for counts the counts model.
///
/// Quantiles are averaged, level by level (Vincent 1912; Lichtendahl, Grushka-Cockayne & Winkler 2013, Management Science
/// 59, 1594-1611). A pool of the distributions themselves would be wider than its members by all that they disagree on;
/// the average is as wide as they are, which for members calibrated by their own past errors is what is wanted. A decomposition
/// by loess is no member: with it forecasts of the M3 competition and of recorded crime came out no better.
enum Combination {
  /// The members that need no pool. Undamped trends are among the candidates here, unlike in ``AutoETS`` alone: the theta
  /// model, whose drift is half a trend, holds back what would run away.
  static let classical: [any Forecaster] = [Theta(), AutoETS(trends: [.none, .additive, .damped])]

  /// Fits the members and weighs them; one that cannot be fitted leaves its share to the others of its kind.
  ///
  /// - Parameters:
  ///   - counts: the counts model of the series, where it is one of counts.
  ///   - blend: what the members weigh.
  /// - Throws: ``FitFailure``, that of the first classical member, where none of them can be fitted.
  static func fit(_ series: Series, counts: CountsModel?, blend: Blend) throws(FitFailure) -> CombinationModel {
    var members: [CombinationModel.Member] = []
    var failure: FitFailure?
    for forecaster in classical {
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
