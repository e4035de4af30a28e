import ArgumentParser
import Forecasting

/// Names of forecasting methods, as `auto,theta,seasonal-naive`.
struct Models: ExpressibleByArgument {
  let names: [ModelName]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let names = parts.compactMap { ModelName(rawValue: $0.trimmingPrefix { $0 == " " }.description) }
    var seen = Set<ModelName>()
    guard names.count == parts.count else { return nil }
    self.names = names.filter { seen.insert($0).inserted }
  }

  private init(names: [ModelName]) { self.names = names }

  static let standard = Models(names: [.auto, .autoETS, .theta, .seasonalNaive])

  var defaultValueDescription: String { names.map(\.rawValue).joined(separator: ",") }

  static var allValueStrings: [String] { [] }
}
