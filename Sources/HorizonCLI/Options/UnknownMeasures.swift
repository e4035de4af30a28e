import ArgumentParser

/// What a ranking does with measures that no file of measures knows: whether more of one is better or worse is not known.
enum UnknownMeasures: String, ExpressibleByArgument, CaseIterable {
  /// By their expected rise, without calling it worse.
  case ranked
  /// Forecast, shown, and left out of the ranking.
  case unranked
}
