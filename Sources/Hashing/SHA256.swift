import CCrypto

/// SHA-256 of a stream of bytes (FIPS 180-4), by OpenSSL's libcrypto.
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// A digest of nothing yet.
  ///
  /// - Throws: ``HashingUnavailable`` if this installation of OpenSSL has no SHA-256.
  public init() throws(HashingUnavailable) {
    guard let context = EVP_MD_CTX_new() else { throw HashingUnavailable() }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw HashingUnavailable()
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes in more bytes.
  public func update(_ bytes: UnsafeRawBufferPointer) throws(HashingUnavailable) {
    guard bytes.isEmpty || EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      throw HashingUnavailable()
    }
  }

  /// The digest in lower-case hexadecimal. Call once, last.
  public func hexadecimal() throws(HashingUnavailable) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw HashingUnavailable() }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of `bytes` in lower-case hexadecimal.
  public static func hexadecimal(of bytes: [UInt8]) throws -> String {
    let hash = try SHA256()
    try bytes.withUnsafeBytes { try hash.update($0) }
    return try hash.hexadecimal()
  }
}

/// OpenSSL is there but offers no SHA-256: a broken installation.
public struct HashingUnavailable: Error, CustomStringConvertible {
  init() {}
  /// What to do about it.
  public var description: String { "SHA-256 is not available in this installation of OpenSSL; install libssl." }
}
