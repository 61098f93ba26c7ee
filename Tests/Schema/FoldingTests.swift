import Foundation
import Schema
import Testing

@Suite struct FoldingTests {
  @Test(arguments: [
    ("hoá", "hoa"), ("hóa", "hoa"), ("HOÀ BÌNH", "hoa binh"), ("Thuỷ", "thuy"), ("Thủy", "thuy"),
    ("ho\u{301}a", "hoa"), ("hoa\u{301}", "hoa"), ("Đắk Lắk", "dak lak"), ("đ", "d"), ("Đ", "d"),
    ("Ð", "ð"), ("Đa\u{306}\u{301}k", "dak"), ("ă\u{301}", "a"), ("u\u{31B}\u{323}", "u"), ("o\u{323}\u{302}", "o"),
    ("Nguyễn", "nguyen"), ("xã Giao An, tỉnh  Thanh Hóa", "xa giao an tinh thanh hoa"), ("  a - b  ", "a b"), ("", ""),
    ("---", ""), ("Quận 1", "quan 1"), ("a\u{A0}b", "a b"), ("ỲỶỸỴ", "yyyy"),
  ])
  func folded(text: String, expected: String) {
    #expect(text.folded == expected)
    #expect(expected.folded == expected)
  }

  @Test func everyVietnameseLetter() {
    let vowels = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
    let bases = ["a", "a", "a", "e", "e", "i", "o", "o", "o", "u", "u", "y"]
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
    for (vowel, base) in zip(vowels, bases) {
      for tone in tones {
        for text in [vowel + tone, (vowel + tone).uppercased()] {
          #expect(text.folded == base)
          #expect(text.decomposedStringWithCanonicalMapping.folded == base)
          #expect(text.precomposedStringWithCanonicalMapping.folded == base)
        }
      }
    }
  }
}
