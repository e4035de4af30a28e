/// Two measures that may be one: the one ended where the other began, at about its level. Nothing is joined on its account.
public struct PossibleRename: Hashable, Sendable, Codable {
  /// The measure that ended.
  public let old: String
  /// The measure that began.
  public let new: String
  /// The last period of the old one.
  public let ended: Period
  /// The first period of the new one.
  public let began: Period
  /// Areas in which both happened then.
  public let areas: Int
  /// Areas in which either happened at all.
  public let areasEither: Int
  /// Mean count a period and area over the year before the change, of the old one.
  public let before: Double
  /// The same over the year after it, of the new one.
  public let after: Double

  /// A possible renaming.
  public init(
    old: String, new: String, ended: Period, began: Period, areas: Int, areasEither: Int, before: Double, after: Double
  ) {
    self.old = old
    self.new = new
    self.ended = ended
    self.began = began
    self.areas = areas
    self.areasEither = areasEither
    self.before = before
    self.after = after
  }
}
