import CommunitySafety
import Testing

@testable import Ingest
@testable import ModelFiles

@Suite struct LayoutsTests {
  @Test func everyLayoutIsRegisteredOnce() {
    let kinds = Layouts.all.map { $0.kind }
    #expect(Set(kinds).count == kinds.count)
    #expect(InputKind.allCases.map(\.rawValue) == ["incidents", "long", "recorded-crime", "street", "wide"])
    for kind in kinds { #expect(InputKind(rawValue: kind.rawValue) == kind) }
    #expect(InputKind(rawValue: "tall") == nil)
  }

  /// Registers of sources are read below the layouts and name them by hand.
  @Test func registersOfSourcesKnowEveryKind() {
    #expect(Set(SourcesReader.layouts) == Set(Layouts.all.map { $0.source.rawValue }))
    for layout in Layouts.all {
      #expect(IngestedData.SourceKind(rawValue: layout.source.rawValue) == layout.source)
      #expect(Layouts.assembler(of: layout.source)?.source == layout.source)
    }
    #expect(IngestedData.SourceKind(rawValue: "gossip") == nil)
  }

  @Test(arguments: [
    (MutationTests.street, InputKind.street), (MutationTests.long, .long), (MutationTests.identified, .long),
    (MutationTests.wide, .wide), (MutationTests.recorded, .recordedCrime), (MutationTests.incidents, .incidents),
  ]) func aLayoutKnowsItsOwn(text: String, kind: InputKind) throws {
    var scanner = CSVScanner(file: "f.csv")
    var rest = Array(text.utf8)[...]
    var header: TableHeader?
    try scanner.scan(
      read: { buffer in
        let next = rest.prefix(buffer.count)
        buffer.copyBytes(from: next)
        rest = rest.dropFirst(next.count)
        return next.count
      },
      while: { record in
        header = TableHeader(record, file: "f.csv")
        return false
      })
    let opening = Opening(header: try #require(header))
    let found = try #require(try Layouts.recognised(in: opening, options: IngestOptions()))
    #expect(type(of: found).kind == kind)
  }
}
