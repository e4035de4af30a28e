import CCrypto

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) of short texts under one key, by OpenSSL's libcrypto. The key is not kept: only
/// the state of the hash after its padded halves. One object belongs to one thread.
public final class KeyedHash {
  private let inner: OpaquePointer
  private let outer: OpaquePointer
  private let work: OpaquePointer

  /// A hash under `key`, of any length.
  ///
  /// - Throws: ``HashingUnavailable`` if this installation of OpenSSL has no SHA-256.
  public init(key: [UInt8]) throws {
    guard let inner = EVP_MD_CTX_new() else { throw HashingUnavailable() }
    self.inner = inner
    guard let outer = EVP_MD_CTX_new() else {
      EVP_MD_CTX_free(inner)
      throw HashingUnavailable()
    }
    self.outer = outer
    guard let work = EVP_MD_CTX_new() else {
      EVP_MD_CTX_free(inner)
      EVP_MD_CTX_free(outer)
      throw HashingUnavailable()
    }
    self.work = work
    var block = [UInt8](repeating: 0, count: 64)
    if key.count > block.count {
      var digest = [UInt8](repeating: 0, count: 32)
      guard EVP_Digest(key, key.count, &digest, nil, EVP_sha256(), nil) == 1 else { throw HashingUnavailable() }
      block.replaceSubrange(0..<32, with: digest)
    } else {
      block.replaceSubrange(0..<key.count, with: key)
    }
    for (context, pad) in [(inner, UInt8(0x36)), (outer, 0x5C)] {
      guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1,
        EVP_DigestUpdate(context, block.map { $0 ^ pad }, block.count) == 1
      else { throw HashingUnavailable() }
    }
  }

  deinit {
    EVP_MD_CTX_free(inner)
    EVP_MD_CTX_free(outer)
    EVP_MD_CTX_free(work)
  }

  /// The 32 bytes of the hash of `parts`, one after the other.
  public func digest(_ parts: UnsafeBufferPointer<UInt8>...) throws -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_MD_CTX_copy_ex(work, inner) == 1 else { throw HashingUnavailable() }
    for part in parts {
      guard part.isEmpty || EVP_DigestUpdate(work, part.baseAddress, part.count) == 1 else {
        throw HashingUnavailable()
      }
    }
    guard EVP_DigestFinal_ex(work, &digest, nil) == 1, EVP_MD_CTX_copy_ex(work, outer) == 1,
      EVP_DigestUpdate(work, digest, digest.count) == 1, EVP_DigestFinal_ex(work, &digest, nil) == 1
    else { throw HashingUnavailable() }
    return digest
  }
}
