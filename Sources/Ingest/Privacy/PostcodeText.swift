/// Finds full British postcodes. Districts (`OX4`) and sectors (`OX4 1`) may stand: they hold hundreds of homes.
///
/// Form after the Office for National Statistics' description of postcodes: an area of one or two letters that is in use,
/// a digit and perhaps one more character; then a digit and two letters out of twenty.
enum PostcodeText {
  /// How sure it is that the field holds one; nil if it holds none. Without the blank in the middle, it may be chance in a
  /// reference or pseudonym.
  static func find(_ field: UnsafeBufferPointer<UInt8>, isIdentifier: Bool) -> PersonalDataText.Weight? {
    var found: PersonalDataText.Weight?
    var start = 0
    var previous: Range<Int>?
    while start < field.count {
      guard isWordByte(field[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < field.count, isWordByte(field[end]) { end += 1 }
      let count = end - start
      if count == 3, let previous, previous.upperBound + 1 == start, field[start - 1] == 32,
        isInward(field, start), isOutward(field, previous)
      {
        return .certain
      }
      if (5...7).contains(count), isInward(field, end - 3), isOutward(field, start..<end - 3) {
        if !isIdentifier, isUpper(field, start..<end) { return .certain }
        found = .likely
      }
      previous = start..<end
      start = end
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == 95 || byte >= 128
  }

  private static func isUpper(_ field: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.allSatisfy { !(field[$0] &- 97 < 26) }
  }

  /// A digit and two letters, none of C, I, K, M, O and V.
  private static func isInward(_ field: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard field[start] &- 48 < 10 else { return false }
    return (1...2).allSatisfy { offset in
      let letter = field[start + offset] & 0xDF
      return field[start + offset] &- 48 >= 10 && letter &- 65 < 26 && ![67, 73, 75, 77, 79, 86].contains(letter)
    }
  }

  private static func isOutward(_ field: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard (2...4).contains(range.count) else { return false }
    let text = field[range].map { $0 &- 97 < 26 ? $0 & 0xDF : $0 }
    let area = text.prefix { $0 &- 65 < 26 }
    let rest = text.dropFirst(area.count)
    guard (1...2).contains(area.count), (1...2).contains(rest.count), let first = rest.first, first &- 48 < 10,
      rest.last.map({ $0 &- 48 < 10 || $0 &- 65 < 26 }) == true
    else { return false }
    return areas.contains(String(decoding: area, as: UTF8.self))
  }

  /// The 124 postcode areas.
  private static let areas = Set(
    ("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
      + "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
      + "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
      + "WF WN WR WS WV YO ZE").split(separator: " ").map(String.init))
}
