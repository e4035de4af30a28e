import Diagnostics
import Testing

@testable import CommunitySafety

@Suite struct HorizonErrorTests {
  @Test func theMessageSaysWhereWhatAndWhatToDo() {
    let error = HorizonError(
      .data, "the month is bad", at: .init(file: "a.zip!b.csv", line: 3, column: 2), remedy: "Write YYYY-MM")
    #expect(error.description == "a.zip!b.csv:3:2: the month is bad. Write YYYY-MM.")
    #expect(HorizonError(.usage, "no").description == "no.")
    #expect(HorizonError(.noInput, "no", at: .init(file: "f", line: 1)).description == "f:1: no.")
  }
}
