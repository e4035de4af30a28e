import Diagnostics
import Foundation
import Tables
import Testing

@testable import Reporting

@Suite struct ParquetFileTests {
  /// The types of columns are those of the table, not what the first rows look like, and no name is more than a name.
  @Test func theStatementStatesEveryColumn() {
    let table = Table<Int>("odd", title: "Odd", "One row.") {
      Column("it's", .text, "Text.") { String($0) }
      Column("n", .integer, "A number.") { $0 }
      Column("flag", .flag, "A flag.") { $0 > 0 }
      Column("p", .probability, "A probability.") { Double($0) }
      Column("ds", .period, "A period.") { String($0) }
    }
    let statement = ParquetFile.statement(Sheet(table, rows: [1]).schema)
    #expect(
      statement.contains(
        "columns={'it''s': 'VARCHAR', 'n': 'BIGINT', 'flag': 'BIGINT', 'p': 'DOUBLE', 'ds': 'VARCHAR'}"))
    #expect(statement.contains("auto_detect=false") && statement.contains("TO 'rows.parquet' (FORMAT parquet"))
  }
}
