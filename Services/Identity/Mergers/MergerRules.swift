import Schema
import Units

/// What becomes of a commune that goes on in another one. No I/O.
enum MergerRules {
  /// - Parameters:
  ///   - before: A merger of the one that ends, or of the one in which it goes on, that was recorded before.
  static func check(_ merger: Merger, in province: Unit, before: Merger?, today: Day) throws(Refusal) {
    guard province.commune == nil, merger.from != merger.into,
      [merger.from, merger.into].allSatisfy({ $0.commune != nil && province.contains($0) })
    else {
      throw Refusal(
        .invalid, vi: "Sáp nhập phải nêu hai xã khác nhau của tỉnh này.",
        en: "A merger names two different communes of this province.", at: "merger")
    }
    for unit in [merger.from, merger.into] { try IdentityRules.check(unit) }
    // People's rights go over when it is recorded, not before they may.
    guard merger.day <= today else {
      throw Refusal(
        .invalid, vi: "Ngày sáp nhập chưa đến; hãy ghi nhận từ ngày \(merger.day.written).",
        en: "That day has not come; record the merger from \(merger.day) on.", at: "merger.day")
    }
    if let before { try check(before.from, notMergedBy: before) }
  }

  /// Nothing new begins in what goes on elsewhere.
  static func check(_ unit: Unit, notMergedBy merger: Merger?) throws(Refusal) {
    guard let merger else { return }
    let name = Units[merger.into]?.name ?? merger.into.description
    throw Refusal(
      .conflict,
      vi: "\(unit) đã sáp nhập vào \(name) (\(merger.into)) từ \(merger.day.written) theo \(merger.document).",
      en: "\(unit) was merged into \(name) (\(merger.into)) on \(merger.day) by \(merger.document).")
  }

  // MARK: Offices

  /// An office of the commune that ends, as it was, and as the other one has it from there on.
  struct Move: Hashable {
    var from: OfficeSummary
    var into: OfficeSummary
  }

  /// An office that every commune has once, such as its police, becomes the other's; villages, schools, stations and
  /// teams are places and people of their own, and get another code or name where theirs is taken.
  ///
  /// - Parameters:
  ///   - used: Codes of offices that have people, even where they ended before.
  ///   - others: What the other commune has.
  static func moves(
    of offices: [OfficeSummary], used: Set<Office.Code>, beside others: [OfficeSummary], by merger: Merger
  ) throws(Refusal) -> [Move] {
    var codes = Dictionary(others.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    var names = Set(others.map(\.name.folded))
    var moves: [Move] = []
    for office in offices where used.contains(office.code) || office.until ?? merger.day >= merger.day {
      if isOnce(office.kind), let other = codes[office.code], other.kind == office.kind, other.exists(on: merger.day) {
        moves.append(Move(from: office, into: other))
        continue
      }
      var moved = office
      moved.code = free(office.code, of: merger.from) { codes[$0] == nil }
      if names.contains(office.name.folded) { moved.name = name(of: office, from: merger.from) }
      // A code of an agency is below its commune's.
      moved.agency = nil
      moved.since = max(office.since ?? merger.day, merger.day)
      if let until = office.until, until < merger.day { moved.until = nil }
      codes[moved.code] = moved
      names.insert(moved.name.folded)
      moves.append(Move(from: office, into: moved))
    }
    guard codes.count <= IdentityRules.mostOffices else {
      throw Refusal(
        .conflict,
        vi: "Sau sáp nhập có \(codes.count) cơ quan và thôn, quá \(IdentityRules.mostOffices); hãy cho thôi bớt trước.",
        en: "\(codes.count) offices and villages together are more than \(IdentityRules.mostOffices); end some first.")
    }
    return moves
  }

  /// An office as it ended with its commune.
  static func ended(_ office: OfficeSummary, by merger: Merger) -> OfficeSummary {
    var office = office
    office.until = min(office.until ?? merger.day.adding(-1), merger.day.adding(-1))
    return office
  }

  private static func isOnce(_ kind: Open<Office.Kind>) -> Bool {
    switch kind {
    case .known(.office), .known(.centre), .known(.police), .known(.committee), .known(.outside): true
    case .known(.village), .known(.school), .known(.station), .known(.team), .unknown: false
    }
  }

  /// `thon-1` as it is, or `thon-1-15046` where it is taken.
  private static func free(_ code: Office.Code, of unit: Unit, _ isFree: (Office.Code) -> Bool) -> Office.Code {
    if isFree(code) { return code }
    let ending = "-\(unit.commune ?? unit.province)"
    var (number, candidate) = (1, Office.Code?.none)
    repeat {
      let tail = number == 1 ? ending : "\(ending)-\(number)"
      candidate = Office.Code(code.description.prefix(48 - tail.utf8.count) + tail)
      number += 1
    } while candidate.map(isFree) != true
    return candidate ?? code
  }

  private static func name(of office: OfficeSummary, from unit: Unit) -> String {
    let place = " (\(Units[unit]?.name ?? unit.description))"
    return String(office.name.prefix(IdentityRules.longestName - place.count)) + place
  }

  // MARK: People

  /// One of whom both registers have a record: the one who is still there, and of two such the one that was looked at
  /// last, stands; the other becomes what they were before. Versions go on above those of both.
  static func joined(
    _ moved: PersonRecord, with own: PersonRecord
  ) -> (stands: PersonRecord, was: PersonRecord) {
    let movedStands =
      moved.isHere == own.isHere ? (moved.checked ?? .distant) > (own.checked ?? .distant) : moved.isHere
    var (stands, was) = movedStands ? (moved, own) : (own, moved)
    was.version = own.version + moved.version
    stands.version = was.version + 1
    return (stands, was)
  }
}

extension Day {
  /// Before any day on which somebody can have been looked at.
  fileprivate static let distant = Day(number: 0)
}
