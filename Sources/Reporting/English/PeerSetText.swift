import RiskRanking

extension PeerSet {
  /// "districts of Thames Valley Police", "places of the group Most similar to Oxford".
  var places: String {
    switch self {
    case .force(let name): "districts of \(name)"
    case .group(let name): "places of the group \u{201C}\(name)\u{201D}"
    }
  }
}
