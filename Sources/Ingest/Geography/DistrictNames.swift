import CommunitySafety

/// Finds districts of the registry by the names that files use: LSOA names say "Bristol" where the district is
/// "Bristol, City of".
struct DistrictNames {
  private let registry: AreaRegistry
  private let byForm: [String: Int]

  /// Indexes a registry. A form that two districts share finds neither.
  init(_ registry: AreaRegistry) {
    self.registry = registry
    var byForm: [String: Int] = [:]
    for (index, district) in registry.districts.enumerated() {
      let form = DistrictNames.form(district.name)
      byForm[form] = byForm[form] == nil ? index : -1
    }
    self.byForm = byForm
  }

  /// The district of this name, exactly or without regard to case, full stops, "&" and what follows a comma in the
  /// registry; after a comma in `name` only its style may stand ("Bristol, City of"): "Preston, Dorset" is not the district of
  /// Preston.
  func district(named name: String) -> AreaRegistry.District? {
    if let exact = registry.district(named: name) { return exact }
    guard let index = byForm[DistrictNames.form(name)], index >= 0 else { return nil }
    let district = registry.districts[index]
    let tail = name.split(separator: ",", maxSplits: 1).dropFirst().first.map { DistrictNames.whole(String($0)) }
    let isStyle = tail.map { ["city of", "county of", "royal borough of"].contains($0) } ?? true
    return isStyle || DistrictNames.whole(name) == DistrictNames.whole(district.name) ? district : nil
  }

  static func form(_ name: String) -> String {
    whole(name.split(separator: ",", maxSplits: 1).first.map(String.init) ?? name)
  }

  private static func whole(_ name: String) -> String {
    name.lowercased().replacing(".", with: "").replacing("&", with: "and")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
