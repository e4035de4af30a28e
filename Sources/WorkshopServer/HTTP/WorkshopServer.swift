import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation
import Workshop

/// A workshop that is served to the room over HTTP.
public struct WorkshopServer: Sendable {
  /// What people join with.
  public let joinCode: String
  private let site: WorkshopSite
  private let server: HTTPServer
  private let host: String
  private let port: UInt16
  private let patience: Double

  /// Where a workshop is served.
  public struct Address: Sendable {
    /// A number, or `localhost`.
    public let host: String
    /// 0 for any that is free.
    public let port: UInt16

    /// An address.
    public init(host: String, port: UInt16) { (self.host, self.port) = (host, port) }

    /// Whether only programs of this machine can reach it.
    public var isLoopback: Bool {
      host == "localhost" || host == "::1" || (host.hasPrefix("127.") && HostName(host).isKnown([]))
    }

    /// Whether it stands for every address of this machine.
    public var isEverywhere: Bool { host == "0.0.0.0" || host == "::" }
  }

  /// A server that does not listen yet.
  ///
  /// - Parameters:
  ///   - joinCode: what people join with; nil for a new one.
  ///   - hostNames: names of this machine by which people may ask for it.
  ///   - patience: seconds that a browser may take for what it asks, and the server to begin.
  ///   - clock: seconds since 1970.
  /// - Throws: ``HorizonError``: usage for an address that is none, data for a pack that cannot be read.
  public init(
    pack: String, evidence: PackEvidence, state: WorkshopState, address: Address, joinCode: String? = nil,
    hostNames: Set<String> = [], patience: Double = 30,
    clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
  ) throws {
    guard !evidence.problems.isEmpty else {
      throw HorizonError(
        .data, "the pack has no problem to score", remedy: "Make a pack of data with at least one area and measure")
    }
    self.joinCode = joinCode ?? SecretText.code()
    self.patience = patience
    site = try WorkshopSite(
      pack: pack, evidence: evidence, state: state, joinCode: self.joinCode, hostNames: hostNames, clock: clock)
    (host, port) = (address.host, address.port)
    server = HTTPServer(
      config: HTTPServer.Configuration(
        address: try WorkshopServer.socketAddress(address), timeout: patience,
        sharedRequestBufferSize: Request.bodyLimit,
        sharedRequestReplaySize: Request.bodyLimit, logger: .disabled), handler: Handler(site: site))
  }

  private static func socketAddress(_ address: Address) throws -> any SocketAddress {
    let host = address.host == "localhost" ? "127.0.0.1" : address.host
    if let v4 = try? sockaddr_in.inet(ip4: host, port: address.port) { return v4 }
    if let v6 = try? sockaddr_in6.inet6(ip6: host, port: address.port) { return v6 }
    throw HorizonError(
      .usage, "\(address.host) is no address to serve at",
      remedy: "Give a number, such as --host 127.0.0.1, or of this machine in your network")
  }

  /// Serves until ``stop()``, or until it cannot.
  ///
  /// - Parameter isListening: told the port once people can come.
  /// - Throws: ``HorizonError``: tryLater for a port that is in use, cannotWrite for one that is forbidden, usage for an address that
  ///   this machine does not have.
  public func run(_ isListening: @escaping @Sendable (UInt16) -> Void = { _ in }) async throws {
    let waiting = Task { if let port = try? await listeningPort() { isListening(port) } }
    // Where it cannot listen, nobody waits for it.
    defer { waiting.cancel() }
    do {
      try await server.run()
    } catch let error as SocketError {
      switch error {
      case .failed(_, EADDRINUSE, _):
        throw HorizonError(
          .tryLater, "port \(port) of \(host) is in use",
          remedy: "Stop the program that uses it, perhaps another workshop, or choose another with --port")
      case .failed(_, EACCES, _):
        throw HorizonError(
          .cannotWrite, "port \(port) is not yours to use", remedy: "Choose one from 1024 up with --port")
      case .failed(_, EADDRNOTAVAIL, _):
        throw HorizonError(
          .usage, "this machine has no address \(host)", remedy: "Give one that it has with --host")
      case .disconnected: break
      default: throw HorizonError(.cannotWrite, "the server ended: \(error.localizedDescription)")
      }
    } catch is CancellationError {}
  }

  /// The port that it listens at, once it does.
  ///
  /// - Throws: where it does not within its patience.
  public func listeningPort() async throws -> UInt16 {
    try await server.waitUntilListening(timeout: patience)
    switch await server.listeningAddress {
    case .ip4(_, let port), .ip6(_, let port): return port
    default: return port
    }
  }

  /// Takes nothing more, lets what was begun end, and stops.
  public func stop() async { await server.stop(timeout: 2) }
}

/// From the server's requests to the site's, and back.
private struct Handler: HTTPHandler {
  let site: WorkshopSite

  /// Bytes of a body that is too long which are read and thrown away, so that the answer is not lost.
  private static let drained = 4 << 20

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    var asked = Request()
    asked.method = request.method.rawValue
    // As it was asked: `request.path` has been tidied, so that the links of a page would lead elsewhere.
    asked.path = request.target.path().removingPercentEncoding ?? ""
    for item in request.query { asked.query[item.name] = item.value }
    asked.host = request.headers[.host] ?? ""
    asked.origin = request.headers[HTTPHeader("Origin")]
    asked.site = request.headers[HTTPHeader("Sec-Fetch-Site")]
    asked.cookie = request.headers[.cookie] ?? ""
    asked.contentType = request.headers[.contentType] ?? ""
    if case .ip4(let address, _) = request.remoteAddress { asked.address = address }
    if case .ip6(let address, _) = request.remoteAddress { asked.address = address }
    asked.body = nil
    // A body of a length that is not said may go on for ever.
    if let count = request.bodySequence.count, count <= Request.bodyLimit {
      asked.body = Array(try await request.bodyData)
    } else {
      try await drain(request.bodySequence)
    }

    let answer = await site.answer(asked)
    var headers = HTTPHeaders()
    for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
    let status = HTTPStatusCode(answer.status, phrase: phrase(answer.status))
    guard asked.body != nil else {
      // What is left of the body would be read as the next request.
      headers[.connection] = "close"
      return HTTPResponse(
        statusCode: status, headers: headers,
        body: HTTPBodySequence(from: LastBytes(bytes: answer.body), count: answer.body.count))
    }
    guard asked.method != "HEAD" else {
      headers[.contentLength] = String(answer.body.count)
      return HTTPResponse(statusCode: status, headers: headers)
    }
    return HTTPResponse(statusCode: status, headers: headers, body: Data(answer.body))
  }

  private func drain(_ body: HTTPBodySequence) async throws {
    var count = 0
    for try await part in body {
      count += part.count
      if count > Handler.drained { return }
    }
  }

  private func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 303: "See Other"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}

/// Bytes after which the connection ends.
private struct LastBytes: AsyncBufferedSequence {
  typealias Element = UInt8
  let bytes: [UInt8]

  func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...]) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var rest: ArraySlice<UInt8>

    mutating func next() async throws -> UInt8? {
      guard let byte = rest.popFirst() else { throw SocketError.disconnected }
      return byte
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { throw SocketError.disconnected }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
  }
}
