import Ingest
import Wording

/// What page one says of the footprint that the figures are told by.
struct FootprintWords {
  let notes: [DataNote]

  /// That it is one, whether it is a proposal, and what of it is left out; nil without a footprint.
  var sentence: String? {
    var found: (name: String, isProposed: Bool, from: Int?)?
    var lacking: [String] = []
    var divided: [String] = []
    for case .areas(let note) in notes {
      switch note {
      case .footprint(let name, let isProposed, let from, _, _): found = (name, isProposed, from)
      case .footprintLacks(let groups): lacking += groups.map(\.name)
      case .unlistedLSOAs(let districts): divided += districts.map(\.district)
      default: break
      }
    }
    guard let (name, isProposed, from) = found else { return nil }
    let proposal =
      isProposed ? ", a proposal on which no decision is known\(from.map { " (from \($0))" } ?? "")," : ""
    var parts: [String] = []
    if !lacking.isEmpty {
      parts.append(
        "\(ListText.abridged(lacking, most: 4)) \(lacking.count == 1 ? "is" : "are") left out, because the data lacks districts of \(lacking.count == 1 ? "it" : "them")"
      )
    }
    if !divided.isEmpty {
      parts.append("LSOAs of \(ListText.abridged(divided, most: 4)) are in none of its areas")
    }
    let partial = parts.isEmpty ? "" : " It is here in part: \(parts.joined(separator: "; "))."
    return
      "Told by the footprint \u{201C}\(name)\u{201D}\(proposal) as if it had been so all along.\(partial)"
  }
}
