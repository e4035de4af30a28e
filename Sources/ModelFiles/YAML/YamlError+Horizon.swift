import CommunitySafety
import Diagnostics
import Yams

extension YamlError {
  /// The same failure, in Horizon's terms.
  func horizonError(file: String) -> HorizonError {
    switch self {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let detail = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
      return HorizonError(
        .data, "this is not valid YAML: \(detail)", at: .init(file: file, line: mark.line, column: mark.column),
        remedy: "Check indentation, colons and quotes here and on the line before")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return HorizonError(
        .data, "the key '\(duplicates.first ?? "")' stands twice in one entry",
        at: .init(file: file, line: context.mark.line, column: context.mark.column), remedy: "Keep one of them")
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      let line = before.reduce(1) { $0 + ($1.isNewline ? 1 : 0) }
      return HorizonError(
        .data, "the text cannot be read: \(problem)", at: .init(file: file, line: line),
        remedy: "Save the file as UTF-8 text without control characters")
    default:
      return HorizonError(
        .data, "the file cannot be read as YAML", at: .init(file: file), remedy: "Check that it is the file you meant")
    }
  }
}
