import Diagnostics
import Testing

@testable import Worker

@Suite struct FrameTests {
  @Test func framesArriveInPieces() throws {
    let bytes = Wire.frame("B", [1, 2, 3]) + Wire.frame("Q", [])
    for piece in [1, 3, 1000] {
      let reader = Wire.reader(bytes, piece: piece)
      #expect(try reader.next() == Frame(.batch, [1, 2, 3]))
      #expect(try reader.next() == Frame(.stop))
      #expect(try reader.next() == nil)
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let frame = Frame(.forecasts, (0..<300).map { UInt8(truncatingIfNeeded: $0) })
    let bytes = try frame.bytes()
    #expect(bytes.prefix(5) == [45, 1, 0, 0, 0x46])
    #expect(try Wire.reader(bytes).next() == frame)
  }

  @Test(arguments: [1, 3, 4, 5, 7])
  func anEndInsideOfAFrameIsSaid(kept: Int) throws {
    let reader = Wire.reader(Array(Wire.frame("B", [1, 2, 3]).prefix(kept)))
    let error = #expect(throws: HorizonError.self) { try reader.next() }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("the input ended") == true)
    #expect(error?.remedy?.contains("nothing of it was kept") == true)
  }

  @Test func aLengthBeyondTheLimitTakesNoMemory() {
    // 4 GB, as a corrupt length would say.
    var asked = 0
    let reader = FrameReader { buffer in
      asked += 1
      buffer.copyBytes(from: [255, 255, 255, 255])
      return 4
    }
    let error = #expect(throws: HorizonError.self) { try reader.next() }
    #expect(error?.message == "a frame of 4294967295 bytes was announced, and frames have from 1 to 268435456")
    #expect(asked == 1)
  }

  @Test func aLengthThatIsNotDeliveredTakesLittleMemory() {
    var largest = 0
    var sent = false
    let reader = FrameReader { buffer in
      largest = max(largest, buffer.count)
      if sent { return 0 }
      sent = true
      buffer.copyBytes(from: Wire.number(Frame.limit))
      return 4
    }
    #expect(throws: HorizonError.self) { try reader.next() }
    #expect(largest == 1 << 20)
  }

  @Test func aLengthOfNothingAndAKindThatThereIsNotAreRefused() {
    #expect(throws: HorizonError.self) { try Wire.reader(Wire.number(0)).next() }
    let error = #expect(throws: HorizonError.self) { try Wire.reader(Wire.frame("z", [])).next() }
    #expect(error?.message == "there is no kind of frame 122")
  }

  @Test func anAnswerBeyondTheLimitIsRefused() {
    let error = #expect(throws: HorizonError.self) { try Frame(.forecasts, [1, 2, 3, 4]).bytes(limit: 4) }
    #expect(error?.message == "the answer has 5 bytes, and frames have at most 4")
  }
}
