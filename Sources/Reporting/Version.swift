/// The version written into manifests and printed by `horizon --version`.
public enum HorizonVersion {
  /// Semantic version.
  public static let current = "0.1.0"
}
