/// A model of the exponential-smoothing taxonomy (Hyndman, Koehler, Ord & Snyder 2008): error, trend, season.
struct ETSForm: Hashable, Sendable {
  /// How the error enters.
  enum ErrorKind: Sendable { case additive, multiplicative }
  /// How the level drifts.
  enum TrendKind: Sendable { case none, additive, damped }
  /// How the season enters.
  enum SeasonKind: Sendable { case none, additive, multiplicative }

  var error: ErrorKind
  var trend: TrendKind
  var season: SeasonKind

  /// `ETS(M,Ad,M)`.
  var name: String {
    let e = error == .additive ? "A" : "M"
    let t = trend == .none ? "N" : trend == .additive ? "A" : "Ad"
    let s = season == .none ? "N" : season == .additive ? "A" : "M"
    return "ETS(\(e),\(t),\(s))"
  }

  /// Estimated quantities with a season of length `m`: smoothing parameters, initial states, and sigma.
  func parameterCount(_ m: Int) -> Int {
    let trendCount = trend == .none ? 0 : trend == .additive ? 2 : 3
    return 2 + trendCount + (season == .none ? 0 : m) + 1
  }

  /// Whether the parameters of this model, estimated before it, are a good start for `other`: one of the same season that
  /// differs in the error or has less of a trend.
  func isKin(of other: ETSForm) -> Bool {
    season == other.season && (trend == other.trend || error == other.error)
  }

  /// The models that automatic selection considers: no additive error with a multiplicative season, no multiplicative
  /// trend (the combinations whose variance is unstable or infinite), multiplicative parts only for positive data.
  ///
  /// A trend is damped: undamped it runs away over many steps (Gardner & McKenzie 1985, Management Science 31, 1237-1246),
  /// and AICc, which looks one step ahead, does not see it. Simpler models come first.
  static func candidates(
    seasonal: Bool, positive: Bool, trends: [TrendKind] = [.none, .damped]
  ) -> [ETSForm] {
    var forms: [ETSForm] = []
    for season in [SeasonKind.none, .additive, .multiplicative] where seasonal || season == .none {
      for error in [ErrorKind.additive, .multiplicative] {
        if !positive && (error == .multiplicative || season == .multiplicative) { continue }
        if error == .additive && season == .multiplicative { continue }
        for trend in trends {
          forms.append(ETSForm(error: error, trend: trend, season: season))
        }
      }
    }
    return forms
  }
}

/// Smoothing parameters and the states before the first period.
struct ETSParameters: Sendable {
  /// Level gain.
  var alpha: Double
  /// Trend gain (alpha beta*, on the scale of R's `beta`); 0 without a trend.
  var beta = 0.0
  /// Season gain; 0 without a season.
  var gamma = 0.0
  /// Damping; 1 for an undamped trend, 0 without a trend.
  var phi = 0.0
  var level: Double
  var trend = 0.0
  /// Seasonal states of the first cycle, in order of time; empty without a season.
  var season: [Double] = []
}
