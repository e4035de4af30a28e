import Testing

/// Package.swift is the map of the house: it says of every target what it may know.
@Suite struct ManifestTests {
  @Test func whatIsImportedIsDeclaredAndWhatIsDeclaredIsImported() throws {
    let manifest = try Manifest()
    let executables = Set(manifest.targets.filter { $0.kind == "executableTarget" }.map(\.name))
    #expect(manifest.targets.count > 30)
    for target in manifest.targets where target.kind != "systemLibrary" {
      let imported = try manifest.imports(of: target)
      // Tests of the command line run the program and need not import it.
      let declared = Set(target.dependencies).subtracting(
        target.kind == "testTarget" ? executables.subtracting(imported) : [])
      #expect(!imported.isEmpty || declared.isEmpty)
      #expect(
        imported.subtracting(declared).sorted() == [], "\(target.name) imports what Package.swift does not declare")
      #expect(
        declared.subtracting(imported).sorted() == [], "Package.swift declares what \(target.name) does not import")
    }
  }

  @Test func targetsAreListedFromTheBottomUp() throws {
    let targets = try Manifest().targets.filter { $0.path.hasPrefix("Sources/") }
    for (position, target) in targets.enumerated() {
      let below = targets[...position].dropLast().map(\.name)
      let later = targets.map(\.name).filter { !below.contains($0) }
      #expect(target.dependencies.filter(later.contains) == [], "\(target.name) imports from below itself")
    }
  }

  @Test func readsAManifestAndImports() throws {
    let manifest = Manifest(
      text: """
        // .target(name: "Gone"),
        let package = Package(dependencies: [.package(url: "u", from: "1.0.0")], targets: [
          .systemLibrary(name: "CX", pkgConfig: "x", providers: [.apt(["libx"])]),
          .target(name: "A"),
          .target(
            name: "B", dependencies: ["A", .product(name: "P", package: "p.swift")], path: "Tests/B"),
          .testTarget(name: "BTests", dependencies: ["B"], exclude: ["Fixtures"]),
        ])
        """)
    #expect(manifest.targets.map(\.name) == ["CX", "A", "B", "BTests"])
    #expect(manifest.targets.map(\.dependencies) == [[], [], ["A", "P"], ["B"]])
    #expect(manifest.targets.map(\.path) == ["Sources/CX", "Sources/A", "Tests/B", "Tests/BTests"])
    #expect(
      Manifest.imports(
        inText: """
          import A
          @testable import B
          #if canImport(D)
            import D
          #endif
          @_exported public import struct E.F
          // import G
          let text = "import H"
          """) == ["A", "B", "D", "E"])
  }
}
