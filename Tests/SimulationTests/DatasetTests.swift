import Foundation
import Tables
import TestSupport
import Testing

@testable import Simulation

/// The committed dataset. With HORIZON_WRITE_DATASETS=1 the first test writes it instead of only comparing.
@Suite(.serialized) struct DatasetTests {
  static let folder = Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated")

  @Test(.enabled(if: ProcessInfo.processInfo.environment["HORIZON_WRITE_DATASETS"] == "1", "writes only when asked to"))
  func write() throws {
    for file in try OxfordshireSimulation().files() {
      let url = Self.folder.appendingPathComponent(file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents).write(to: url)
      #expect(FileManager.default.fileExists(atPath: url.path))
    }
  }

  @Test func theSimulationReproducesTheCommittedFilesByteForByte() throws {
    let files = try OxfordshireSimulation().files()
    for file in files {
      let committed = try Data(contentsOf: Self.folder.appendingPathComponent(file.path))
      #expect(committed == Data(file.contents), "\(file.path) differs from what the simulation makes")
    }
    #expect(files.reduce(0) { $0 + $1.contents.count } < 3_000_000)
    #expect(files.map(\.path) == files.map(\.path).sorted())
  }

  @Test func nothingElseLiesInTheFolder() throws {
    let found = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path).filter { path in
      let url = Self.folder.appendingPathComponent(path)
      return try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == false
    }
    #expect(found.sorted() == (try OxfordshireSimulation().files()).map(\.path))
  }

  @Test func theDataPackageNamesEveryTableAndItsColumns() throws {
    let document = try DatasetDocuments.dataPackage.encoded()
    let package = try #require(try JSONSerialization.jsonObject(with: Data(document)) as? [String: Any])
    let resources = try #require(package["resources"] as? [[String: Any]])
    let files = Dictionary(
      uniqueKeysWithValues: try OxfordshireSimulation().files().map {
        ($0.path, String(decoding: $0.contents, as: UTF8.self))
      })
    var named: Set<String> = []
    for resource in resources {
      let paths = (resource["path"] as? [String]) ?? (resource["path"] as? String).map { [$0] } ?? []
      #expect(!paths.isEmpty)
      let schema = try #require(resource["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: Any]]).compactMap { $0["name"] as? String }
      for path in paths {
        let header = try #require(files[path]).prefix { $0 != "\n" }
        #expect(header.split(separator: ",").map(String.init) == fields, "\(path)")
        named.insert(path)
      }
    }
    #expect(named == Set(files.keys.filter { $0.hasSuffix(".csv") }))
  }
}
