import CCrypto
import CommunitySafety

/// SHA-256 of a stream of bytes (FIPS 180-4), by OpenSSL.
struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// A digest of nothing yet.
  init() throws {
    guard let context = EVP_MD_CTX_new() else { throw SHA256.unavailable }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw SHA256.unavailable
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes in more bytes.
  func update(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.isEmpty || EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      throw SHA256.unavailable
    }
  }

  /// The digest in lower-case hexadecimal. Call once, last.
  func hexadecimal() throws -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw SHA256.unavailable }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static var unavailable: HorizonError {
    HorizonError(
      .data, "the input cannot be hashed: SHA-256 is not available in this installation of OpenSSL",
      remedy: "Install libssl")
  }
}
