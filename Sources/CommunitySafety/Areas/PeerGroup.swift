/// Places that are compared with one another because somebody holds them alike: a most-similar group, say, in place of the districts of
/// one's own force.
public struct PeerGroup: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// Whose peers these are: names or ONS codes; empty where each of ``areas`` is compared with the others.
  public let subjects: [String]
  /// The places, by name or ONS code; a subject need not be named among them.
  public let areas: [String]
  /// Where it is from.
  public let source: String

  /// A group.
  public init(name: String, subjects: [String] = [], areas: [String], source: String) {
    (self.name, self.subjects, self.areas, self.source) = (name, subjects, areas, source)
  }

  /// Whether a place belongs to it, as a subject or as a peer.
  public func contains(_ area: Area) -> Bool { PeerGroup.names(area, in: areas) || PeerGroup.names(area, in: subjects) }

  /// Whether a place is one whose peers these are.
  public func isOf(_ area: Area) -> Bool { PeerGroup.names(area, in: subjects.isEmpty ? areas : subjects) }

  private static func names(_ area: Area, in list: [String]) -> Bool {
    list.contains { $0 == area.name || $0 == area.code }
  }
}
