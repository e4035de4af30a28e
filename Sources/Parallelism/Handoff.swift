import Synchronization

/// A value that is made in one task and used up in another, which frees its memory too: of many large values no more are there at
/// once than are still to be used.
public final class Handoff<Value: Sendable>: Sendable {
  private let value: Mutex<Value?>

  /// Holds a value until it is taken.
  public init(_ value: Value) { self.value = Mutex(value) }

  /// The value; nil where it has been taken before.
  public func take() -> Value? {
    value.withLock { held in
      defer { held = nil }
      return held
    }
  }
}
