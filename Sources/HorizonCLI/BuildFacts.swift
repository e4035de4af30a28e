import CBuildFacts
import Reporting

/// What `horizon --version` says: the version on a line of its own, then how the program was built, for reports of faults.
///
/// Nothing here is of the machine or the moment of the build: the same sources and tools give the same bytes.
enum BuildFacts {
  static var text: String {
    """
    \(HorizonVersion.current)
    commit: \(commit.isEmpty ? "not said when it was built" : commit)
    Swift: \(compiler), \(configuration) build
    platform: \(system) \(architecture)
    """
  }

  private static var commit: String { String(cString: horizon_commit()) }

  private static var compiler: String {
    #if compiler(>=6.5)
      "6.5 or later"
    #elseif compiler(>=6.4)
      "6.4"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "earlier than 6.3"
    #endif
  }

  private static var configuration: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  private static var system: String {
    #if os(Linux)
      "Linux"
    #elseif os(macOS)
      "macOS"
    #else
      "another system"
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another architecture"
    #endif
  }
}
