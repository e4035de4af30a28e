import ArgumentParser
import Diagnostics
import Foundation
import Reporting
import Tables
import Workshop
import WorkshopServer

/// `horizon workshop serve`: the form of a pack as pages, for everybody in the room.
struct WorkshopServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves a pack's problems to the room: people score in the browser, and the order answers.",
    discussion: """
      Each person joins by name with the code that is printed, and is served the scoring form without script. Every score is on \
      the disk in the state file before it is acknowledged; nothing that was typed is ever overwritten: the latest counts, and \
      what was before is kept. End with Ctrl-C; start again with the same --state to go on. \
      `horizon workshop import STATE --pack PACK --out DIR` writes the pack with what moved, while it is served or after.

      Example: horizon workshop serve pack --state scores.sqlite
      """)

  @Argument(help: ArgumentHelp("Folder of a pack.", valueName: "pack"))
  var pack: String

  @Option(help: "File that keeps the scores; made where it is not there yet.")
  var state: String = "scores.sqlite"

  @Option(help: "Port to serve at; 0 for any that is free.")
  var port: UInt16 = 8700

  @Option(help: "Address to serve at: others than those of this machine let people in your network reach it.")
  var host: String = "127.0.0.1"

  @Flag(help: "Serve at every address of this machine: the same as --host 0.0.0.0.")
  var lan = false

  @Option(name: .shortAndLong, help: "On closing, write the pack with what moved to this folder, as import does.")
  var out: String?

  func run() async throws {
    let evidence = try PackEvidence.read(pack: pack)
    let folder = try WorkshopPack(folder: pack)
    try checkState()
    if let out { try OutputFolder.check(out, replacing: .horizon) }
    let address = WorkshopServer.Address(host: lan ? "0.0.0.0" : host, port: port)
    let workshop = try WorkshopState(state, evidence: evidence)
    let server = try WorkshopServer(
      pack: pack, evidence: evidence, state: workshop, address: address, hostNames: MachineAddresses.names)

    let interruptions = [SIGINT, SIGTERM].map { Interruption($0) { await server.stop() } }
    do {
      try await server.run { [state] in Self.announce(server, address, $0, state) }
    } catch {
      interruptions.forEach { $0.end() }
      try workshop.close()
      throw error
    }
    interruptions.forEach { $0.end() }
    try await close(workshop, evidence, folder)
  }

  // MARK: Before

  /// A state within a folder that is written whole would be gone with the next import.
  private func checkState() throws {
    func parts(_ path: String, isFolder: Bool) -> [String] {
      URL(fileURLWithPath: path, isDirectory: isFolder).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }
    let file = parts(state, isFolder: false)
    for folder in [pack, out].compactMap({ $0 }) where file.starts(with: parts(folder, isFolder: true)) {
      throw HorizonError(
        .usage, "the state \(state) would stand in the folder \(folder), which is replaced whole when it is written",
        remedy: "Name a file outside of it with --state")
    }
  }

  private static func announce(
    _ server: WorkshopServer, _ address: WorkshopServer.Address, _ port: UInt16, _ state: String
  ) {
    var hosts = [address.host]
    if address.isEverywhere { hosts = ["127.0.0.1"] + MachineAddresses.ofNetwork }
    let links = hosts.map { "http://\($0.contains(":") ? "[\($0)]" : $0):\(port)/" }
    var lines = ["Serving the workshop at:"] + links.map { "  \($0)" }
    lines += ["Join code: \(server.joinCode)", "Scores are kept in \(state). End with Ctrl-C."]
    if address.isLoopback {
      lines.append("Only programs on this machine can reach it.")
    } else {
      lines.append(
        "Warning: everybody in the network of this machine can reach it, and whoever has the join code can score under any name and read every score and the pack. What is sent is not encrypted: serve it only in a network that you trust, and end it when the workshop ends."
      )
    }
    Console.note(lines.joined(separator: "\n"), quiet: false)
  }

  // MARK: After

  private func close(_ workshop: WorkshopState, _ evidence: PackEvidence, _ folder: WorkshopPack) async throws {
    let counts = try await workshop.counts()
    let form = out == nil ? nil : try await workshop.form(evidence, matching: .samePack)
    try workshop.close()
    Console.note(
      "Closed. \(state) keeps \(counts.saves) save\(counts.saves == 1 ? "" : "s") of \(counts.people) \(counts.people == 1 ? "person" : "people").",
      quiet: false)
    guard let out, let form else { return }
    var record = try WorkshopRecord.read(pack: pack)
    let faults = record.add(form)
    if let last = faults.last {
      for fault in faults.dropLast() { Console.error(fault.description) }
      Console.note("The scores are kept; the pack was not written.", quiet: false)
      throw last
    }
    let files = try folder.files(evidence, record)
    try OutputFolder.write(files, to: out, replacing: .horizon)
    Console.note("Wrote \(files.count) files to \(out); open \(out)/workshop.html.", quiet: false)
  }
}

/// Does something when the process is asked to end, instead of ending.
private final class Interruption {
  private let source: any DispatchSourceSignal
  private let signal: Int32

  init(_ signal: Int32, _ body: @escaping @Sendable () async -> Void) {
    self.signal = signal
    _ = Foundation.signal(signal, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
    source.setEventHandler { Task { await body() } }
    source.activate()
    self.source = source
  }

  /// From here on the signal does what it always did.
  func end() {
    source.cancel()
    _ = Foundation.signal(signal, SIG_DFL)
  }
}

/// How this machine is known in its network.
private enum MachineAddresses {
  static var names: Set<String> {
    let name = ProcessInfo.processInfo.hostName.lowercased()
    let short = name.split(separator: ".").first.map(String.init) ?? name
    return [name, short, "\(short).local"]
  }

  /// Numbers by which others reach it.
  static var ofNetwork: [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: [String] = []
    var next = first
    while let entry = next?.pointee {
      next = entry.ifa_next
      guard let address = entry.ifa_addr, Int32(address.pointee.sa_family) == AF_INET,
        entry.ifa_flags & UInt32(IFF_UP) != 0, entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0
      else { continue }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let length = socklen_t(MemoryLayout<sockaddr_in>.size)
      guard getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { continue }
      found.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    return found
  }
}
