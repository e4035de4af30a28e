import CommunitySafety
import Diagnostics
import Ingest
import TimeSeries

extension InputReader {
  /// Reads inputs of which any may be a store. Stores come before other inputs, as the older.
  ///
  /// - Parameters:
  ///   - asOf: a period as a user writes it: of a store, the vintages known by its end are used, and for what none of
  ///     them holds the earliest that does. Later periods stay in: see ``IngestedData/asOf(_:)``.
  ///   - register: tells which inputs are of one source.
  /// - Throws: `HorizonError` as ``read(_:)`` does, and for a store that cannot be read.
  public func readWithStores(
    _ inputs: [String], asOf: String?, register: SourceRegister = SourceRegister()
  ) async throws -> IngestedData {
    let stores = try inputs.filter(Store.isStore).map { try Store(reading: $0) }
    guard !stores.isEmpty else { return try await assemble(units(inputs), register: register) }
    var options = options
    var units = IngestedUnits()
    for store in stores {
      guard let character = try store.character() else { continue }
      options.frequency = options.frequency ?? character.frequency
      let period = asOf.flatMap { PeriodStyle.parse($0, frequency: options.frequency ?? character.frequency)?.period }
      units.append(
        try store.read { database in
          try StoreView(database, path: store.path).units(detail: detail, asOf: period.map(Vintage.lastDay))
        })
    }
    let others = inputs.filter { !Store.isStore($0) }
    if !others.isEmpty { units.append(try await self.units(others)) }
    return try await InputReader(options: options, registry: registry).assemble(units, register: register)
  }
}
