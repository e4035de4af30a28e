import Diagnostics
import Foundation

/// What stands between the user of a run and a file, as a remedy.
public enum FileRights {
  /// Whether a file is there.
  ///
  /// - Throws: `HorizonError` (cannotWrite) where the user may not look: that is not the same as there being none.
  public static func exists(_ path: String) throws -> Bool {
    var status = stat()
    guard stat(path, &status) != 0 else { return true }
    guard errno == EACCES else { return false }
    throw HorizonError(
      .cannotWrite, "\(NSUserName()) may not look into the folder of \(path)",
      remedy: "Run it as the user that the file belongs to, such as with `runuser -u horizon -- horizon ...`")
  }

  /// What to do about a file that cannot be written: whose it is, or its folder if it is not there yet.
  public static func remedy(for path: String) -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    for candidate in [path, folder] {
      var status = stat()
      guard stat(candidate, &status) == 0 else { continue }
      guard status.st_uid != geteuid(), geteuid() != 0, access(candidate, W_OK) != 0 else { continue }
      let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "user \(status.st_uid)"
      return "\(candidate) belongs to \(owner), and you are \(NSUserName()): run it as \(owner), or have root run "
        + "`chown \(NSUserName()) \(candidate)`"
    }
    return "Check that its folder exists, has room and may be written by you"
  }
}
