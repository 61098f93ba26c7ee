import FoundationEssentials
import Schema

/// One line of a file, understood: a person as an office's list has them.
struct RegisterLine {
  var number: PersonalNumber
  var birthYear: Int?
  var sex: Person.Sex?
  /// Folded, as the line names it: by its code or by its name.
  var village: String?
  var eid: Person.Enrolment?
  var eidSince: Day?
  var signature: Person.Signature?
  var checked: Day?
  /// Name and birth as they were given, folded; nil unless both were.
  var likeness: (name: String, birth: String)?
  /// The zeros of the number were put back.
  var isPadded = false
}

/// Understands the lines of a file, field by field. Words are looked up once: of 2,000 lines most say the same.
struct RegisterReader {
  private let today: Day
  private let pads: Bool
  private var words: [String: String] = [:]

  /// - Parameter pads: Whether to put eaten zeros back.
  init(today: Day, pads: Bool) {
    self.today = today
    self.pads = pads
  }

  mutating func read(_ line: Substring.UTF8View) throws(Fault) -> RegisterLine {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Substring.init)
    guard fields.count == 9 else { throw Fault(.fields) }
    // An apostrophe is a spreadsheet's mark of a text; dots and hyphens part the digits.
    let (number, isPadded) = try self.number(String(fields[0].filter { !"'.-".contains($0) }))
    var row = RegisterLine(number: number, isPadded: isPadded)
    let birth = try self.birth(fields[2])
    row.birthYear = birth?.year
    if let birth, !fields[1].allSatisfy(\.isWhitespace) {
      row.likeness = (String(fields[1]).folded, birth.written)
    }
    row.sex = try word(fields[3], Self.sexes)
    row.village = fields[4].isEmpty ? nil : folded(fields[4])
    row.eid = try word(fields[5], Self.enrolments)
    row.eidSince = try day(fields[6])
    row.signature = try word(fields[7], Self.signatures)
    row.checked = try day(fields[8])
    return row
  }

  struct Fault: Error {
    let kind: RowFinding.Kind
    init(_ kind: RowFinding.Kind) { self.kind = kind }
  }

  // MARK: Fields

  private func number(_ text: String) throws(Fault) -> (PersonalNumber, isPadded: Bool) {
    do throws(PersonalNumber.Fault) {
      return (try PersonalNumber(text, in: today.components.year), false)
    } catch {
      if pads, case .zerosEaten = error, let number = try? PersonalNumber(padding: text, in: today.components.year) {
        return (number, true)
      }
      throw Fault(RowFinding.Kind(error))
    }
  }

  /// A year, or a day in one of two forms.
  private func birth(_ text: Substring) throws(Fault) -> (year: Int, written: String)? {
    guard !text.isEmpty else { return nil }
    if text.utf8.count == 4, let year = Int(text) {
      guard (1900...today.components.year).contains(year) else { throw Fault(.badDay) }
      return (year, "\(year)")
    }
    guard let day = try day(text) else { return nil }
    return (day.components.year, "\(day)")
  }

  private func day(_ text: Substring) throws(Fault) -> Day? {
    guard !text.isEmpty else { return nil }
    let parts = text.split { "/.-".contains($0) }.compactMap { Int($0) }
    let isLocal = parts.count == 3 && parts[0] <= 31
    let day = isLocal ? Day(parts[2], parts[1], parts[0]) : Day(String(text))
    guard let day, day <= today, day.components.year >= 1900 else { throw Fault(.badDay) }
    return day
  }

  private mutating func word<Word>(_ text: Substring, _ table: [String: Word]) throws(Fault) -> Word? {
    guard !text.isEmpty else { return nil }
    guard let word = table[folded(text)] else { throw Fault(.unknownWord) }
    return word
  }

  private mutating func folded(_ text: Substring) -> String {
    let text = String(text)
    if let known = words[text] { return known }
    let folded = text.folded
    words[text] = folded
    return folded
  }

  private static let sexes: [String: Person.Sex] = ["nam": .male, "male": .male, "nu": .female, "female": .female]
  private static let enrolments: [String: Person.Enrolment] = [
    "none": .none, "chua": .none, "chua co": .none, "chua dang ky": .none, "khong": .none,
    "registered": .registered, "da dang ky": .registered, "verified": .verified, "da xac minh": .verified,
    "da xac thuc": .verified, "issued": .issued, "da cap": .issued, "muc 2": .issued, "da cap muc 2": .issued,
    "da cap muc do 2": .issued, "activated": .activated,
    "da kich hoat": .activated, "suspended": .suspended, "tam khoa": .suspended, "revoked": .revoked,
    "da huy": .revoked, "thu hoi": .revoked,
  ]
  private static let signatures: [String: Person.Signature] = [
    "none": .none, "chua": .none, "khong": .none, "chua co": .none, "personal": .personal, "co": .personal,
    "x": .personal,
    "ca nhan": .personal, "official": .official, "cong vu": .official, "chuyen dung cong vu": .official,
  ]
}

extension RowFinding.Kind {
  init(_ fault: PersonalNumber.Fault) {
    self =
      switch fault {
      case .notDigits: .notDigits
      case .zerosEaten: .zerosEaten
      case .oldNumber: .oldNumber
      case .wrongLength: .wrongLength
      case .unknownPlace: .unknownPlace
      case .future: .future
      }
  }
}
