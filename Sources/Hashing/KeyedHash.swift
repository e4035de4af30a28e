import CCrypto

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) of short texts under one key, by OpenSSL's `EVP_MAC`. The key is not kept: only the
/// state of the hash after it, from which each digest starts. One object belongs to one thread.
public final class KeyedHash {
  /// The state after the key.
  private let keyed: OpaquePointer

  /// A hash under `key`, of any length.
  ///
  /// - Throws: ``HashingUnavailable`` if this installation of OpenSSL has no HMAC with SHA-256.
  public init(key: [UInt8]) throws {
    guard let method = EVP_MAC_fetch(nil, "HMAC", nil) else { throw HashingUnavailable() }
    // The context counts a reference of its own.
    defer { EVP_MAC_free(method) }
    guard let context = EVP_MAC_CTX_new(method) else { throw HashingUnavailable() }
    keyed = context
    // The parameters hold the addresses of both texts, which have to live as long.
    var digest = Array("SHA256".utf8CString)
    let isReady = OSSL_MAC_PARAM_DIGEST.withCString { name in
      digest.withUnsafeMutableBufferPointer { digest in
        let parameters = [
          OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
        ]
        // No pointer would mean no new key: an empty one needs an address too.
        return (key.isEmpty ? [0] : key).withUnsafeBufferPointer {
          EVP_MAC_init(context, $0.baseAddress, key.count, parameters)
        } == 1
      }
    }
    guard isReady else { throw HashingUnavailable() }
  }

  deinit { EVP_MAC_CTX_free(keyed) }

  /// The 32 bytes of the hash of `parts`, one after the other.
  public func digest(_ parts: UnsafeBufferPointer<UInt8>...) throws -> [UInt8] {
    guard let work = EVP_MAC_CTX_dup(keyed) else { throw HashingUnavailable() }
    defer { EVP_MAC_CTX_free(work) }
    for part in parts {
      guard part.isEmpty || EVP_MAC_update(work, part.baseAddress, part.count) == 1 else { throw HashingUnavailable() }
    }
    var digest = [UInt8](repeating: 0, count: 32)
    var length = 0
    guard EVP_MAC_final(work, &digest, &length, digest.count) == 1, length == digest.count else {
      throw HashingUnavailable()
    }
    return digest
  }
}
