import ArgumentParser
import Assessment

/// What stands on every page of what is written.
struct PublicationOptions: ParsableArguments {
  @Option(help: "Name of the partnership, for the title.")
  var title: String?

  @Option(help: "Security marking printed on every page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Date the data was extracted, as it should be printed.")
  var extractionDate: String?

  /// Hands them to a run.
  func apply(to configuration: inout AssessmentConfiguration) {
    configuration.title = title
    configuration.marking = marking
    configuration.extractionDate = extractionDate
  }
}
