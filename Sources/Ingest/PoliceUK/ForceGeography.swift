import CommunitySafety

/// Where a force's rows lie: its home districts, and what former districts are folded into.
struct ForceGeography {
  /// Where rows count.
  enum Place: Hashable {
    case district(String)
    case outside
    case unlocated
  }

  /// Slug of the file names.
  let slug: String
  /// Name people see.
  let display: String
  /// Home districts, in scalar order.
  let districts: [String]
  /// Home districts that were folded into a successor.
  let folded: [String: String]
  /// Whether the registry does not know the force, so that its home districts were told by the number of rows.
  let isGuessed: Bool

  /// Tells home districts from rows.
  ///
  /// - Parameter rows: rows of the force's files by district name; "" is "no location".
  init(slug: String, display: String, rows: [String: Int], registry: AreaRegistry) {
    self.slug = slug
    self.display = display
    isGuessed = !registry.knowsForce(slug)
    var folded: [String: String] = [:]
    var home = Set<String>()
    if isGuessed {
      let located = rows.reduce(0) { $0 + ($1.key.isEmpty ? 0 : $1.value) }
      for (name, count) in rows where !name.isEmpty && 100 * count >= located { home.insert(name) }
    } else {
      for name in rows.keys {
        guard let district = registry.district(named: name), district.force == slug else { continue }
        let last = ForceGeography.lastSuccessor(district, rows, registry)
        if last != name { folded[name] = last }
        home.insert(last)
      }
    }
    self.folded = folded
    districts = home.sorted(by: FileKind.scalarOrder)
  }

  private init(slug: String, display: String, districts: [String], folded: [String: String], isGuessed: Bool) {
    self.slug = slug
    self.display = display
    self.districts = districts
    self.folded = folded
    self.isGuessed = isGuessed
  }

  /// The same without districts that another force keeps.
  func without(_ taken: Set<String>) -> ForceGeography {
    ForceGeography(
      slug: slug, display: display, districts: districts.filter { !taken.contains($0) },
      folded: folded.filter { !taken.contains($0.value) }, isGuessed: isGuessed)
  }

  /// Where rows with this district name count.
  func place(of name: String) -> Place {
    if name.isEmpty { return .unlocated }
    let district = folded[name] ?? name
    return districts.contains(district) ? .district(district) : .outside
  }

  /// The last of a district's successors that the rows name; the district itself if they name none.
  private static func lastSuccessor(
    _ district: AreaRegistry.District, _ rows: [String: Int], _ registry: AreaRegistry
  ) -> String {
    var last = district.name
    var next = district.successor
    var seen: Set = [district.name]
    while let name = next, seen.insert(name).inserted {
      if rows[name] != nil { last = name }
      next = registry.district(named: name)?.successor
    }
    return last
  }
}
