/// Số định danh cá nhân: twelve digits for life, for whoever has Vietnamese citizenship.
///
/// Article 12 of the Law on Identification 2023 and Decree 70/2024/NĐ-CP: three digits for the province or country
/// where the birth was registered, one for century and sex, two for the year of birth, six at random. There is no check
/// digit: a number that is well formed may still be nobody's. The province is one of the 63 of before July 2025 and says
/// nothing about where somebody lives.
///
/// It has no `description` and is not `Codable`, so that it gets into no log, text or event by itself.
public struct PersonalNumber: Hashable, Sendable {
  /// Why a text is no personal number. None of these quotes it.
  public enum Fault: Error, Hashable, Sendable {
    /// Something other than digits is in it.
    case notDigits
    /// A spreadsheet took it for a number and ate so many zeros at its beginning; `padded` puts them back.
    case zerosEaten(Int)
    /// Nine digits: chứng minh nhân dân, not valid any more.
    case oldNumber
    case wrongLength
    /// No province ever had this code.
    case unknownPlace
    /// Born after the year that it is.
    case future
  }

  /// Twelve ASCII digits.
  public let digits: [UInt8]

  /// - Parameters:
  ///   - text: Spaces around and between the digits are passed over, as people group them.
  ///   - year: The year that it is.
  public init(_ text: String, in year: Int) throws(Fault) {
    var digits: [UInt8] = []
    digits.reserveCapacity(12)
    for byte in text.utf8 where byte != 0x20 {
      guard (0x30...0x39).contains(byte), digits.count < 32 else { throw .notDigits }
      digits.append(byte)
    }
    switch digits.count {
    case 12: break
    case 9: throw .oldNumber
    case 10, 11: throw .zerosEaten(12 - digits.count)
    default: throw .wrongLength
    }
    self.digits = digits
    guard BirthPlaces.isKnown(place) else { throw .unknownPlace }
    guard birthYear <= year else { throw .future }
  }

  /// The number whose zeros a spreadsheet ate: for somebody to confirm, never taken by itself.
  public init(padding text: String, in year: Int) throws(Fault) {
    let digits = text.utf8.count { $0 != 0x20 }
    try self.init(String(repeating: "0", count: max(0, 12 - digits)) + text, in: year)
  }

  /// The first three digits.
  public var place: Int { digits[0..<3].reduce(0) { $0 * 10 + Int($1 - 0x30) } }

  /// The fourth digit: 0 and 1 for the 20th century, 2 and 3 for the 21st, 8 and 9 for the 24th.
  public var birthYear: Int {
    1900 + Int(digits[3] - 0x30) / 2 * 100 + Int(digits[4] - 0x30) * 10 + Int(digits[5] - 0x30)
  }

  /// The fourth digit is even for men.
  public var sex: Person.Sex { digits[3].isMultiple(of: 2) ? .male : .female }

  public var written: String { String(decoding: digits, as: UTF8.self) }

  /// Enough to tell two apart on paper, and no more: `•••••••••123`.
  public var masked: String { String(repeating: "•", count: 9) + String(decoding: digits[9...], as: UTF8.self) }
}

/// Where births are registered, by the first three digits of a personal number (Circular 59/2021/TT-BCA, annex).
public enum BirthPlaces {
  /// The 63 provinces of before July 2025. The 34 of today keep codes that are among them.
  public static let provinces: [Int: String] = [
    1: "Hà Nội", 2: "Hà Giang", 4: "Cao Bằng", 6: "Bắc Kạn", 8: "Tuyên Quang", 10: "Lào Cai", 11: "Điện Biên",
    12: "Lai Châu", 14: "Sơn La", 15: "Yên Bái", 17: "Hòa Bình", 19: "Thái Nguyên", 20: "Lạng Sơn", 22: "Quảng Ninh",
    24: "Bắc Giang", 25: "Phú Thọ", 26: "Vĩnh Phúc", 27: "Bắc Ninh", 30: "Hải Dương", 31: "Hải Phòng", 33: "Hưng Yên",
    34: "Thái Bình", 35: "Hà Nam", 36: "Nam Định", 37: "Ninh Bình", 38: "Thanh Hóa", 40: "Nghệ An", 42: "Hà Tĩnh",
    44: "Quảng Bình", 45: "Quảng Trị", 46: "Thừa Thiên Huế", 48: "Đà Nẵng", 49: "Quảng Nam", 51: "Quảng Ngãi",
    52: "Bình Định", 54: "Phú Yên", 56: "Khánh Hòa", 58: "Ninh Thuận", 60: "Bình Thuận", 62: "Kon Tum", 64: "Gia Lai",
    66: "Đắk Lắk", 67: "Đắk Nông", 68: "Lâm Đồng", 70: "Bình Phước", 72: "Tây Ninh", 74: "Bình Dương", 75: "Đồng Nai",
    77: "Bà Rịa - Vũng Tàu", 79: "Hồ Chí Minh", 80: "Long An", 82: "Tiền Giang", 83: "Bến Tre", 84: "Trà Vinh",
    86: "Vĩnh Long", 87: "Đồng Tháp", 89: "An Giang", 91: "Kiên Giang", 92: "Cần Thơ", 93: "Hậu Giang",
    94: "Sóc Trăng", 95: "Bạc Liêu", 96: "Cà Mau",
  ]

  /// Whoever was born abroad has a country's code, and all of those are from here on. Which of them are in use is not
  /// checked.
  public static let countries = 100...999

  static func isKnown(_ place: Int) -> Bool { known[place] }

  private static let known: [Bool] = (0...999).map { provinces[$0] != nil || countries.contains($0) }
}
