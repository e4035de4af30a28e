import TestSupport
import Testing

@testable import Ingest

@Suite struct CrimeIDsTests {
  private func hash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { CrimeIDs.hash($0) }
  }

  private func id(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 24 - digits.count) + digits + String(repeating: "f", count: 40)
  }

  @Test func countsRowsBeyondTheFirstAndFiles() async throws {
    // a twice in one file, b in two files, c three times over both, d once, e in a file that does not count.
    var one = CrimeIDs()
    var other = CrimeIDs()
    one.add(["a", "a", "b", "c", "c"].map(hash), file: 0)
    other.add(["b", "c", "d", "e"].map(hash), file: 1)
    other.add(["d", "e", "e"].map(hash), file: 2)
    for threads in [1, 2, 8] {
      for collected in [[one, other], [other, one]] {
        let repeats = try await CrimeIDs.repeats(in: collected, counts: [true, true, false], threads: threads)
        #expect(repeats == .init(ids: 3, rows: 4, acrossFiles: 2))
      }
    }
    #expect(try await CrimeIDs.repeats(in: [], counts: [], threads: 1) == .init())
  }

  @Test func manyDistinctIDsAreNotTakenForRepeats() async throws {
    var all = CrimeIDs()
    let hashes = (0..<50_000).map { hash(id($0)) }
    #expect(Set(hashes).count == 50_000)
    all.add(hashes, file: 7)
    all.add(Array(hashes[..<100]), file: 3)
    let repeats = try await CrimeIDs.repeats(
      in: [all], counts: [Bool](repeating: true, count: 8), threads: 2)
    #expect(repeats == .init(ids: 100, rows: 100, acrossFiles: 100))
  }

  @Test func aSampleKeepsEveryCopyOfWhatItKeeps() async throws {
    let bits = CrimeIDs.sampling(forBytes: 3 * CrimeIDs.limit * CrimeIDs.rowBytes)
    #expect(bits == 2)
    #expect(CrimeIDs.sampling(forBytes: CrimeIDs.limit * CrimeIDs.rowBytes) == 0)
    #expect(CrimeIDs.sampling(forBytes: .max) == 16)
    // 20,000 IDs, each in two files: a quarter of them is seen, all of them twice.
    let mask: UInt64 = (1 << UInt64(bits) - 1) << 8
    let kept = (0..<20_000).map { hash(id($0)) }.filter { $0 & mask == 0 }
    var all = CrimeIDs()
    all.add(kept, file: 0)
    all.add(kept, file: 1)
    let repeats = try await CrimeIDs.repeats(in: [all], counts: [true, true], threads: 1)
    #expect(repeats.ids == kept.count && repeats.acrossFiles == kept.count)
    // Binomial(20,000, 1/4): four standard deviations are 245.
    #expect(abs(kept.count - 5_000) < 245)
  }

  @Test func theRowsOfARunAreReported() async throws {
    let space = try Workspace()
    for (month, ids) in [("2019-05", [1, 1, 2]), ("2019-06", [2, 3])] {
      try space.write(
        "\(month)/\(month)-thames-valley-street.csv",
        Street.file(
          ids.map { Street.row(month, "Oxford 008B", "Burglary", id: id($0)) }
            + Street.rows(2, month, "Oxford 008B", "Anti-social behaviour")))
    }
    let data = try await read([space.root.path])
    let note = try #require(data.notes.first { $0.code == "repeated-crime-ids" })
    #expect(
      note == .street(.repeatedCrimeIDs(ids: 2, acrossFiles: 1, rows: 2, isEstimate: false)))
    // Identical ASB rows are separate incidents, and so is every row with a repeated ID.
    #expect(data.values("Oxford", "Burglary") == [3, 2])
    #expect(data.values("Oxford", "Anti-social behaviour") == [2, 2])
  }

  @Test(.enabled(if: Fixture.sharedData != nil, "real data not beside the checkout"))
  func realArchives() async throws {
    let folder = try #require(Fixture.sharedData).appendingPathComponent("police-uk")
    // Counted with Python's csv module and a dictionary of every ID.
    for (name, ids, rows) in [
      ("four-forces-2018-01-to-2021-09.zip", 9077, 9555), ("thames-valley-2018-06-to-2025-12.zip", 65, 74),
    ] {
      let data = try await read([folder.appendingPathComponent(name).path]) { $0.threads = 2 }
      let note = try #require(data.notes.first { $0.code == "repeated-crime-ids" })
      #expect(note == .street(.repeatedCrimeIDs(ids: ids, acrossFiles: 0, rows: rows, isEstimate: false)))
    }
  }
}
