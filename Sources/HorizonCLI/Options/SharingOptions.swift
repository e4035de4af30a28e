import ArgumentParser
import CommunitySafety
import Session

extension SourceRegister.Audience: ExpressibleByArgument {}

/// Whose data is read, and for whom outputs are made.
struct SharingOptions: ParsableArguments {
  @Option(help: "Register of sources (YAML) to use instead of the built-in one.")
  var sources: String?

  @Option(help: "For whom the output is; a source that this audience may not see is refused.")
  var audience: SourceRegister.Audience = .partners

  /// Adds these options to those of a run.
  func apply(to options: inout SessionOptions) {
    options.sources = sources
    options.audience = audience
  }
}
