import FoundationEssentials
import Schema

/// What the register takes and how it changes. No I/O.
enum RegisterRules {
  private static let longestPurpose = 500
  /// With so many of one name and birth each is paired, for somebody to decide: a column that was filled down would else
  /// pair everybody with everybody.
  static let mostPairs = 5

  static func check(_ request: OpenRegister, _ existing: RegisterRecord?, today: Day) throws(Refusal) {
    try request.purpose.check(atMost: longestPurpose, at: "purpose")
    guard request.issued <= today else {
      throw Refusal(
        .invalid, vi: "Văn bản làm căn cứ phải đã ban hành.", en: "The basis must have been issued.", at: "issued")
    }
    guard (1...120).contains(request.months) else {
      throw Refusal(
        .invalid, vi: "Thời hạn lưu từ 1 đến 120 tháng.", en: "People are kept 1 to 120 months.", at: "months")
    }
    guard existing?.isOpen != true else {
      throw Refusal(
        .conflict, vi: "Sổ đã mở theo \(existing?.basis.description ?? ""); muốn đổi căn cứ, hãy đóng sổ trước.",
        en: "The register is open already; close it to open it on another basis.")
    }
  }

  static func isOpen(_ register: RegisterRecord?) throws(Refusal) -> RegisterRecord {
    guard let register, register.isOpen else {
      throw Refusal(
        .conflict,
        vi: "Sổ theo dõi định danh chưa mở ở đơn vị này; lãnh đạo mở sổ bằng: xaso person open (có văn bản căn cứ).",
        en: "No person register is open in this unit; its leaders open it with: xaso person open (on a legal basis).")
    }
    return register
  }

  /// A number as somebody typed it; what is refused is not repeated.
  static func number(_ text: String, today: Day) throws(Refusal) -> PersonalNumber {
    do throws(PersonalNumber.Fault) {
      return try PersonalNumber(text, in: today.components.year)
    } catch {
      let (vi, en) =
        switch error {
        case .notDigits: ("chỉ gồm chữ số", "it has digits alone")
        case .zerosEaten(let count): ("thiếu \(count) số 0 ở đầu", "\(count) zeros are missing at its beginning")
        case .oldNumber: ("đây là số CMND 9 số đã hết giá trị", "nine digits are an old identity card's")
        case .wrongLength: ("phải có 12 chữ số", "it has 12 digits")
        case .unknownPlace: ("ba số đầu không phải mã tỉnh, mã nước", "its first three digits are no place's")
        case .future: ("năm sinh chưa đến", "its year of birth has not come")
        }
      throw Refusal(
        .invalid, vi: "Không phải số định danh cá nhân: \(vi).", en: "Not a personal number: \(en).", at: "number")
    }
  }

  // MARK: Lines

  /// Villages by what a list may call them, folded: a name or an alias comes before a code, and what several are called
  /// means none of them.
  static func places(_ villages: [OfficeSummary]) -> [String: Office.Code] {
    var places: [String: Set<Office.Code>] = [:]
    for village in villages {
      for name in [village.name] + (village.aliases ?? []) { places[name.folded, default: []].insert(village.code) }
    }
    for village in villages where places[village.code.description.folded] == nil {
      places[village.code.description.folded] = [village.code]
    }
    return places.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  enum Merged {
    case added(PersonRecord)
    case changed(PersonRecord)
    case unchanged
    /// Not taken, with what stands for the name that the line has.
    case twoNames(Data)
    case refused(RowFinding.Kind)
  }

  /// What becomes of a line beside what the register has of the same number.
  ///
  /// - Parameter agrees: Whether another likeness stands for the same name, and a birth that was given less or more exactly.
  static func merge(
    _ line: RegisterLine, in village: Office.Code?, likeness: Data?, reference: Data, existing: PersonRecord?,
    agrees: (Data) -> Bool, seal: () -> (data: Data, key: Int)
  ) -> Merged {
    guard var person = existing else {
      var person = PersonRecord(
        reference: reference, birthYear: line.birthYear ?? line.number.birthYear, sex: line.sex ?? line.number.sex,
        sealed: seal())
      fill(&person, line, village, likeness)
      return .added(person)
    }
    guard person.isHere else { return .refused(.gone) }
    var likeness = likeness
    if let given = likeness, let known = person.likeness, known != given {
      guard agrees(known) else { return .twoNames(given) }
      // A day says more than a year.
      if line.likeness?.birth.utf8.count == 4 { likeness = known }
    }
    if let eid = line.eid, !person.eid.mayBecome(eid) { return .refused(.cannotFollow) }
    if let birthYear = line.birthYear { person.birthYear = birthYear }
    if let sex = line.sex { person.sex = sex }
    fill(&person, line, village, likeness)
    guard person != existing else { return .unchanged }
    person.version += 1
    return .changed(person)
  }

  private static func fill(
    _ person: inout PersonRecord, _ line: RegisterLine, _ village: Office.Code?, _ likeness: Data?
  ) {
    person.village = village ?? person.village
    if let eid = line.eid {
      if eid != person.eid { person.eidSince = nil }
      person.eid = eid
    }
    person.eidSince = line.eidSince ?? person.eidSince
    person.signature = line.signature ?? person.signature
    person.checked = line.checked ?? person.checked
    person.likeness = likeness ?? person.likeness
    person.disagrees = person.birthYear != line.number.birthYear || person.sex != line.number.sex
  }

  /// What is strange about a line that was taken.
  static func doubts(about line: RegisterLine, _ person: PersonRecord, today: Day) -> [RowFinding.Kind] {
    var doubts: [RowFinding.Kind] = line.isPadded ? [.padded] : []
    if let sex = line.sex, sex != line.number.sex { doubts.append(.sexDisagrees) }
    if let year = line.birthYear, year != line.number.birthYear { doubts.append(.yearDisagrees) }
    if person.eid != .none, person.eid != .revoked, today.components.year - person.birthYear < 14 {
      doubts.append(.underFourteen)
    }
    return doubts
  }

  // MARK: One person

  /// - Returns: What it is then; nil when nothing of it is new.
  static func updated(
    _ person: PersonRecord, _ request: UpdatePerson, village: OfficeSummary?, today: Day
  ) throws(Refusal) -> PersonRecord? {
    var changed = person
    if request.returned == true {
      (changed.left, changed.departure) = (nil, nil)
    }
    changed = try here(changed)
    if let code = request.village {
      guard let village, village.kind == .village, village.exists(on: today) else {
        throw Refusal(.notFound, vi: "Đơn vị này không có thôn «\(code)».", en: "No village “\(code)”.", at: "village")
      }
      changed.village = code
    }
    if let eid = request.eid?.known {
      guard person.eid.mayBecome(eid) else {
        throw Refusal(
          .conflict, vi: "Trạng thái định danh không thể chuyển như vậy; hãy xem lại trạng thái đang có.",
          en: "The electronic identity cannot go from \(person.eid.rawValue) to \(eid.rawValue).", at: "eid")
      }
      if eid != person.eid { changed.eidSince = request.eidSince ?? today }
      changed.eid = eid
    }
    for (day, first, place) in [(request.eidSince, 2022, "eidSince"), (request.checked, 1900, "checked")] {
      guard let day else { continue }
      try check(day, today: today, at: place)
      try check(day, notBefore: max(first, person.birthYear), at: place)
    }
    changed.eidSince = request.eidSince ?? changed.eidSince
    changed.signature = request.signature?.known ?? changed.signature
    changed.checked = request.checked ?? changed.checked
    return changed == person ? nil : next(changed)
  }

  /// - Parameter months: How long those who left are kept: a day before that would erase somebody at once.
  static func departed(
    _ person: PersonRecord, _ request: PersonLeft, keptFor months: Int, today: Day
  ) throws(Refusal) -> PersonRecord {
    var changed = try here(person)
    try check(request.day, today: today, at: "day")
    guard request.day.components.year >= person.birthYear, request.day > lastToErase(keptFor: months, today: today)
    else {
      throw Refusal(
        .invalid,
        vi: "Ngày \(request.day.written) trước năm sinh, hoặc quá thời hạn lưu \(months) tháng; "
          + "nếu đúng đã rời đi lâu như vậy, hãy xóa: xaso person erase",
        en: "\(request.day) is before their birth, or longer ago than people are kept (\(months) months); "
          + "if that is so, erase them: xaso person erase", at: "day")
    }
    changed.left = request.day
    changed.departure = request.why.known
    return next(changed)
  }

  /// Of those who left on this day or before nothing is kept any longer.
  static func lastToErase(keptFor months: Int, today: Day) -> Day {
    let (year, month, day) = today.components
    let count = year * 12 + month - 1 - months
    // A month may be too short for the day.
    return (0...3).lazy.compactMap { Day(count / 12, count % 12 + 1, day - $0) }.first ?? today
  }

  static func here(_ person: PersonRecord) throws(Refusal) -> PersonRecord {
    guard person.isHere else {
      throw Refusal(
        .conflict, vi: "Người này không còn trong sổ (đã chuyển đi, đã mất hoặc đã đổi số).",
        en: "This person is in the register no more: moved, died or renumbered.")
    }
    return person
  }

  static func next(_ person: PersonRecord) -> PersonRecord {
    var person = person
    person.version += 1
    return person
  }

  private static func check(_ day: Day, today: Day, at place: String) throws(Refusal) {
    guard day <= today, day.components.year >= 1900 else {
      throw Refusal(.invalid, vi: "Ngày chưa đến.", en: "That day has not come.", at: place)
    }
  }

  /// Nothing was so before somebody's birth; electronic identities began with Decree 59/2022/NĐ-CP.
  private static func check(_ day: Day, notBefore year: Int, at place: String) throws(Refusal) {
    guard day.components.year < year else { return }
    throw Refusal(
      .invalid, vi: "Ngày \(day.written) trước khi sinh, hoặc trước khi có định danh điện tử (2022).",
      en: "\(day) is before their birth, or before there were electronic identities (2022).", at: place)
  }

  /// A reason is kept in the audit for ever: it names no number.
  static func check(reason: String) throws(Refusal) {
    try reason.check(atMost: 500, at: "reason")
    guard PersonalData.traces(in: reason).isEmpty else {
      throw Refusal(
        .invalid, vi: "Lý do không được chứa số định danh, số điện thoại; hãy nêu số hồ sơ.",
        en: "A reason holds no personal number and no telephone; name the case file.", at: "reason")
    }
  }

  // MARK: Counting

  static func check(_ request: CountRegister, today: Day) throws(Refusal) {
    guard request.month.calendar == .plain, case .month = request.month.span, request.month.days.contains(today) else {
      throw Refusal(
        .invalid, vi: "Sổ cho biết hiện trạng: chỉ chốt được số liệu của tháng này.",
        en: "The register shows how things are now: only this month can be counted.", at: "month")
    }
  }
}

/// A commune's register as it is kept.
struct RegisterRecord {
  var unit: Unit
  var basis: DocumentNumber
  var issued: Day
  var purpose: String
  var months: Int
  var opened: Day
  var closed: Day?
  var closedBy: DocumentNumber?
  /// The times before, the earliest first.
  var before: [RegisterOpening] = []

  var isOpen: Bool { closed == nil }

  var opening: RegisterOpening {
    RegisterOpening(
      basis: basis, issued: issued, purpose: purpose, months: months, opened: opened, closed: closed,
      closedBy: closedBy)
  }
}
