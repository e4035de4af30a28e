import CommunitySafety
import Diagnostics
import Wording

/// Which places of a pack have a page of their own: all while they are few; of many, whose pages would be no help to anyone, those
/// that are asked for.
public struct PlacePages: Sendable {
  /// Most places that all have a page without being asked for.
  public static let most = 60
  /// What asks for the page of every place, however many there are.
  public static let all = "all"

  /// Names or codes as they were asked for; none asks for nothing.
  private let asked: [String]
  private let limit: Int

  /// Those of these names or codes, or ``all``.
  public init(_ asked: [String] = []) { self.init(asked, limit: PlacePages.most) }

  /// The same of more than `limit` places.
  init(_ asked: [String], limit: Int) { (self.asked, self.limit) = (asked, limit) }

  /// Makes sure that each name is one of a place of the run.
  ///
  /// - Throws: ``HorizonError`` (usage) that names the nearest.
  public func check(_ areas: some Sequence<Area>) throws {
    let known = Set(areas.flatMap { PlacePages.names($0) })
    let keys = Set(known.map { $0.lowercased() })
    for name in asked where name.lowercased() != PlacePages.all && !keys.contains(name.lowercased()) {
      let nearest = NearestName.nearest(to: name, among: known.sorted())
      throw HorizonError(
        .usage, "--pages asks for \"\(SafeText.printable(String(name.prefix(60))))\", which is no place of the data",
        remedy: nearest.map { "Did you mean \"\(SafeText.printable($0))\"?" } ?? "See `horizon series` for the places")
    }
  }

  /// Of the places of a pack those with a page, in their order. Who asks for a district gets the place that it is part of.
  ///
  /// - Parameter areas: every area of the run.
  func chosen(from places: [Area], among areas: [Area]) -> [Area] {
    var keys = Set(asked.map { $0.lowercased() })
    guard places.count > limit, !keys.contains(PlacePages.all) else { return places }
    for area in areas
    where [area.name, area.code].contains(where: { $0.map { keys.contains($0.lowercased()) } ?? false }) {
      for whole in [area.csp, area.authority] { whole.map { _ = keys.insert($0.lowercased()) } }
    }
    return places.filter { place in PlacePages.names(place).contains { keys.contains($0.lowercased()) } }
  }

  /// What a place goes by: a district's partnership and authority are places too.
  private static func names(_ area: Area) -> [String] {
    [area.name, area.code, area.csp, area.authority].compactMap(\.self)
  }
}
