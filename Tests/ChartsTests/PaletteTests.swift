import Testing

@testable import Charts

@Suite struct PaletteTests {
  @Test func contrastAgreesWithWCAG() throws {
    let black = try #require(Palette.contrast("#000000", "#FFFFFF"))
    #expect(abs(black - 21) < 1e-9)
    // WebAIM's contrast checker: #767676 on white is 4.54.
    let grey = try #require(Palette.contrast("#767676", "#FFFFFF"))
    #expect(abs(grey - 4.54) < 0.005)
    #expect(Palette.contrast("red", "#FFFFFF") == nil)
  }

  @Test(arguments: Palette.textColours)
  func textIsReadableOnPaperAndShade(colour: String) {
    #expect((Palette.contrast(colour, Palette.paper) ?? 0) >= 4.5)
    #expect((Palette.contrast(colour, Palette.shade) ?? 0) >= 4.5)
    #expect((Palette.contrast(colour, "#F3E3EC") ?? 0) >= 4.5)
  }

  @Test func bandsAndLinesDifferInGreyscale() {
    // From dark to light: each step is seen without hue.
    let shades = [Palette.darkBlue, Palette.innerBand, Palette.outerBand, Palette.paper]
    for (darker, lighter) in zip(shades, shades.dropFirst()) {
      #expect((Palette.contrast(darker, lighter) ?? 0) >= 1.3)
    }
    // Lines over the bands they cross (WCAG 1.4.11).
    #expect((Palette.contrast(Palette.darkBlue, Palette.innerBand) ?? 0) >= 3)
    #expect((Palette.contrast(Palette.history, Palette.paper) ?? 0) >= 3)
    #expect((Palette.contrast(Palette.turquoise, Palette.paper) ?? 0) >= 3)
  }
}
