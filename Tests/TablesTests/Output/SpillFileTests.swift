import Diagnostics
import Foundation
import Testing

@testable import Tables

@Suite struct SpillFileTests {
  /// Records of every length, the empty one too, that say their numbers.
  private func record(_ number: Int) -> [UInt8] {
    (0..<(number * 7919 % 300)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
  }

  @Test(arguments: [1, 1000, 1 << 20]) func recordsComeBackByTheirNumbers(_ memory: Int) throws {
    let count = 500
    let file = SpillFile(count: count + 1, memory: memory)
    // In another order than they are wanted in.
    for k in 0..<count {
      let number = k * 173 % count
      try file.write(record(number), at: number)
    }
    for number in 0..<count { #expect(try file.read(number) == record(number)) }
    #expect(try file.read(count) == nil)
  }

  @Test func threadsMayWriteAtOnce() async throws {
    let file = SpillFile(count: 4000, memory: 5000)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask { for k in 0..<1000 { try file.write(record(4 * k + worker), at: 4 * k + worker) } }
      }
      try await group.waitForAll()
    }
    for number in 0..<4000 { #expect(try file.read(number) == record(number)) }
  }

  /// What is in memory needs no disk.
  @Test func fewRecordsMakeNoFile() throws {
    let file = SpillFile(count: 2, memory: 100, folder: "/no such folder")
    try file.write([1, 2, 3], at: 1)
    #expect(try file.read(1) == [1, 2, 3])
    let failure = #expect(throws: HorizonError.self) { try file.write([UInt8](repeating: 0, count: 200), at: 0) }
    #expect(failure?.kind == .cannotWrite && failure?.message.contains("/no such folder") == true)
    #expect(failure?.remedy?.contains("TMPDIR") == true)
  }

  @Test func aFullDiskIsAnError() throws {
    let full = open("/dev/full", O_RDWR)
    try #require(full >= 0)
    let file = SpillFile(count: 1, memory: 10, folder: "/tmp", descriptor: full)
    let failure = #expect(throws: HorizonError.self) { try file.write([UInt8](repeating: 7, count: 64), at: 0) }
    #expect(failure?.kind == .cannotWrite && failure?.message.contains("No space left on device") == true)
  }

  /// A record that the disk has changed, or lost the end of, is never taken for what was written.
  @Test(arguments: [true, false]) func damageIsFound(_ isCut: Bool) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    defer { unlink(path) }
    try #require(descriptor >= 0)
    let file = SpillFile(count: 2, memory: 1, folder: "/tmp", descriptor: descriptor)
    try file.write(Array("first".utf8), at: 0)
    try file.write(Array("second".utf8), at: 1)
    #expect(try file.read(1) == Array("second".utf8))
    if isCut { ftruncate(descriptor, 8) } else { pwrite(descriptor, "x", 1, 7) }
    #expect(try file.read(0) == Array("first".utf8))
    let failure = #expect(throws: HorizonError.self) { try file.read(1) }
    #expect(failure?.kind == .cannotWrite)
  }
}
