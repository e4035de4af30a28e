import CommunitySafety

/// Which district an LSOA code lies in, from an ONS lookup table.
struct DistrictLookup: Sendable {
  /// A district of the table.
  struct District: Sendable {
    let name: String
    let code: String?
  }

  /// Districts in order of first appearance.
  let districts: [District]
  private let codes: ByteInterner
  private let districtOfCode: [Int32]

  /// The position in `districts` of an LSOA code of any vintage in the table.
  @inline(__always)
  func district(of code: UnsafeBufferPointer<UInt8>) -> Int? {
    codes.find(code).map { Int(districtOfCode[$0]) }
  }

  /// Reads a table. Every column of LSOA codes (`lsoa21_code`, `LSOA21CD`, ...) is indexed; of several columns of
  /// districts (`ltla24_name`, `LAD24NM`, ...) the latest vintage is used. Where the registry knows a district's code,
  /// the registry's name is used. Of two rows for one code the first holds.
  ///
  /// - Throws: `HorizonError` of kind data if the header has no such columns.
  init(
    file: String, registry: AreaRegistry, read: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    var scanner = CSVScanner(file: file)
    var columns: Columns?
    var codes = ByteInterner(capacity: 1 << 16)
    var districtOfCode: [Int32] = []
    var names = ByteInterner(capacity: 512)
    var districts: [District] = []
    try scanner.scan(read: read) { record in
      guard let columns else {
        columns = try Columns(header: (0..<record.count).map { record.text($0) }, file: file)
        return
      }
      guard record.count == columns.count else {
        throw HorizonError(
          .data, "the row has \(record.count) fields where the header has \(columns.count)",
          at: .init(file: file, line: record.line), remedy: "Quote fields that hold commas")
      }
      let key = record[columns.districtCode ?? columns.districtName].trimmed
      guard !key.isEmpty else { return }
      let (district, isNew) = names.intern(key)
      if isNew {
        let code = columns.districtCode.map { record.text($0) }
        let name = record.text(columns.districtName)
        districts.append(District(name: code.flatMap { registry.district(code: $0)?.name } ?? name, code: code))
      }
      for column in columns.lsoaCodes {
        let code = record[column].trimmed
        if !code.isEmpty, codes.intern(code).isNew { districtOfCode.append(Int32(district)) }
      }
    }
    guard !districtOfCode.isEmpty else {
      throw HorizonError(
        .data, "the lookup has no rows", at: .init(file: file),
        remedy: "Give an ONS table with LSOA codes and the districts they lie in")
    }
    self.codes = codes
    self.districtOfCode = districtOfCode
    self.districts = districts
  }

  private struct Columns {
    let count: Int
    let lsoaCodes: [Int]
    let districtName: Int
    let districtCode: Int?

    init(header: [String], file: String) throws {
      let keys = header.map { $0.lowercased() }
      /// Columns named like `lsoa21_code` or `LSOA21CD`, with their vintage.
      func find(_ stems: [String], _ endings: [String]) -> [(index: Int, vintage: String)] {
        keys.indices.compactMap { index in
          let key = keys[index]
          guard let stem = stems.first(where: key.hasPrefix), let ending = endings.first(where: key.hasSuffix),
            key.count == stem.count + 2 + ending.count
          else { return nil }
          let vintage = String(key.dropFirst(stem.count).prefix(2))
          return vintage.allSatisfy(\.isNumber) ? (index, vintage) : nil
        }
      }
      let lsoaCodes = find(["lsoa"], ["_code", "cd"]).map(\.index)
      let districtNames = find(["ltla", "lad"], ["_name", "nm"])
      guard !lsoaCodes.isEmpty, let district = districtNames.max(by: { $0.vintage < $1.vintage }) else {
        throw HorizonError(
          .data,
          "the lookup's header has no \(lsoaCodes.isEmpty ? "LSOA code" : "district name") column; found: "
            + header.prefix(20).joined(separator: ", "), at: .init(file: file, line: 1),
          remedy: "Give an ONS table with columns like LSOA21CD and LAD24NM, or lsoa21_code and ltla24_name")
      }
      count = header.count
      self.lsoaCodes = lsoaCodes
      districtName = district.index
      districtCode = find(["ltla", "lad"], ["_code", "cd"]).first { $0.vintage == district.vintage }?.index
    }
  }
}
