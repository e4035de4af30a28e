import CommunitySafety
import Diagnostics
import Testing

@Suite struct SourceRegisterTests {
  private static func entry(
    _ id: String, _ matches: [String], _ sharing: SourceRegister.Sharing, layouts: [String] = []
  )
    -> SourceRegister.Entry
  {
    .init(
      id: id, name: "Source \(id)", matches: matches, layouts: layouts, owner: "Owner of \(id)", sharing: sharing,
      retention: "6 years", cadence: "monthly", supports: ["a"], cannotSupport: ["b"], licence: "agreement")
  }
  private let register = SourceRegister(entries: [
    entry("open", [], .public, layouts: ["police.uk"]), entry("council", ["asb-*.csv", "asb-*.csv.gz"], .partners),
    entry("marac", ["MARAC*"], .restricted),
  ])

  @Test(
    arguments: [
      ("*.csv", "a.csv", true), ("*.csv", "a.csv.gz", false), ("????-??-*-street.csv", "2019-06-x-street.csv", true),
      ("????-??-*-street.csv", "19-06-x-street.csv", false), ("asb*2024*", "ASB extract 2024 v2.xlsx", true),
      ("*", "", true), ("", "a", false), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false), ("**a", "a", true),
      ("a?", "a", false),
    ]) func globs(pattern: String, name: String, matches: Bool)
  {
    #expect(SourceRegister.glob(pattern, matches: name) == matches)
  }

  @Test func fileNamesGoBeforeLayouts() {
    #expect(register.entry(file: "folder/asb-2024.csv", layout: "police.uk")?.id == "council")
    #expect(register.entry(file: "2025-12.zip", layout: "police.uk")?.id == "open")
    #expect(register.entry(file: "asb-folder/counts.csv", layout: "table") == nil)
  }

  @Test func anAudienceSeesWhatItMay() throws {
    let files = [
      ("2025-12.zip", SourceRegister.Sharing.public), ("asb-1.csv", .partners), ("marac.csv", .restricted),
      ("x.csv", .partners),
    ]
    for (file, sharing) in files {
      for audience in SourceRegister.Audience.allCases {
        let layout = file.hasSuffix("zip") ? "police.uk" : "table"
        let isAllowed = (try? register.check(files: ["2025-12.zip", file], layout: layout, audience: audience)) != nil
        let expected = audience == .internal || sharing == .public || (audience == .partners && sharing == .partners)
        // The archive of the list is public only as police.uk.
        #expect(isAllowed == (expected && (layout == "police.uk" || audience != .public)))
      }
    }
    let refused = #expect(throws: HorizonError.self) {
      try register.check(files: ["marac.csv"], layout: "table", audience: .partners)
    }
    #expect(refused?.kind == .data && refused?.location?.file == "marac.csv")
    #expect(refused?.message.contains("Source marac") == true && refused?.message.contains("Owner of marac") == true)
    #expect(
      refused?.message.contains("--audience partners") == true
        && refused?.remedy?.contains("--audience internal") == true)
  }
}
