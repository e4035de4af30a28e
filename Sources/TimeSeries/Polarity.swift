/// Whether more of what a series measures is worse.
public enum Polarity: String, CaseIterable, Hashable, Sendable, Codable {
  case lowerIsBetter = "lower is better"
  case higherIsBetter = "higher is better"
  /// More may be good or bad: more police activity, more reporting, or more harm.
  case neither
}
