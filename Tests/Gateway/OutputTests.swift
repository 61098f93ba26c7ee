import Testing

@testable import xaso

@Suite struct OutputTests {
  @Test("what was written to steer a terminal is a blank, a line's end stays") func controls() {
    #expect(Output.shown("1\u{1B}[31m\u{9B}2J\u{7}\r\n\u{8}2") == "1 [31m 2J  \n 2")
    #expect("a\n\u{0}b\u{7F}".withoutControls == "a  b ")
  }

  @Test("a figure is not shown backwards") func directions() {
    #expect(Output.shown("\u{202E}01\u{2066} triệu") == " 01  triệu")
  }

  @Test("letters and their marks stay") func letters() {
    #expect(Output.shown("Tỷ lệ ≥ 90 % – “số hóa” 👩‍💻") == "Tỷ lệ ≥ 90 % – “số hóa” 👩‍💻")
  }
}
