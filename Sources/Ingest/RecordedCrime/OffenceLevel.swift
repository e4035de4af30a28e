/// What a measure is in the Home Office's recorded crime: offences at one level of its classification.
public enum OffenceLevel: String, CaseIterable, Sendable {
  case group, subgroup, description, code

  /// Header of its column.
  var column: String {
    switch self {
    case .group: "Offence Group"
    case .subgroup: "Offence Subgroup"
    case .description: "Offence Description"
    case .code: "Offence Code"
    }
  }
}
