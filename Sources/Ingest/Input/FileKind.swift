import CommunitySafety
import Diagnostics
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a path is, told by its first bytes.
enum FileKind {
  case folder
  case archive(bytes: Int)
  case text(bytes: Int)
  case parquet(bytes: Int)

  /// Looks at a path; whether an archive is a workbook is told by what it holds.
  ///
  /// - Throws: `HorizonError`: noInput if it is not there or cannot be read, data if it is of a kind that is not read.
  init(path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw HorizonError(
        .noInput, "no such file or folder", at: .init(file: path), remedy: "Check the path; \"\(path)\" was looked for")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      self = .folder
      return
    }
    let bytes = Int(status.st_size)
    // A pipe or device can be read only once, so that its first bytes must stay where they are.
    guard status.st_mode & S_IFMT == S_IFREG else {
      self = .text(bytes: 0)
      return
    }
    let head = try FileStream(path: path).head()
    switch head {
    case [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06]: self = .archive(bytes: bytes)
    case ParquetStream.magic: self = .parquet(bytes: bytes)
    case CompoundFile.magic: throw try CompoundFile.refusal(path: path)
    case _ where FileKind.isZipName(path):
      throw HorizonError(
        .data, bytes == 0 ? "the archive is empty (0 bytes)" : "not a zip archive", at: .init(file: path),
        remedy: "Download the archive again; it may be an error page saved under this name")
    default: self = .text(bytes: bytes)
    }
  }

  /// All files below a folder, as paths relative to it, in scalar order. Folders that are links are not followed.
  static func files(under root: String) throws -> [String] {
    var found: [String] = []
    var pending = [""]
    while let folder = pending.popLast() {
      let path = folder.isEmpty ? root : "\(root)/\(folder)"
      let names: [String]
      do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
        throw HorizonError(
          .noInput, "the folder cannot be read", at: .init(file: path), remedy: "Check that you may read it")
      }
      for name in names where !name.hasPrefix(".") {
        let relative = folder.isEmpty ? name : "\(folder)/\(name)"
        var status = stat()
        guard lstat("\(root)/\(relative)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { pending.append(relative) } else { found.append(relative) }
      }
    }
    return found.sorted(by: scalarOrder)
  }

  /// The part after the last `/`.
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name in lower case without the ending that gzip gives: what it says of the contents.
  static func contentName(_ name: String) -> String {
    let name = name.lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether a name says zip archive.
  static func isZipName(_ name: String) -> Bool { name.lowercased().hasSuffix(".zip") }

  /// Unicode scalar order: the same on every machine.
  static func scalarOrder(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
  }
}
