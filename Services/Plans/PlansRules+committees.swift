import Schema

/// Committees, which meet every quarter and draw conclusions.
extension PlansRules {
  static func check(_ request: KeepCommittee) throws(Refusal) {
    try request.committee.name.check(atMost: 300, at: "committee.name")
    guard (1...100).contains(request.members.count) else {
      throw Refusal(
        .invalid, vi: "Ban Chỉ đạo, tổ công tác có từ 1 đến 100 thành viên.", en: "A committee has 1 to 100 members.",
        at: "members")
    }
    for (index, member) in request.members.enumerated() {
      try member.name.check(atMost: 300, at: "members[\(index)].name")
      try member.position.check(atMost: 300, at: "members[\(index)].position")
      try member.field?.check(atMost: 500, at: "members[\(index)].field")
      guard member.areas.count <= 50 else {
        throw Refusal(
          .invalid, vi: "Một thành viên phụ trách nhiều nhất 50 địa bàn.", en: "A member has 50 areas at most.",
          at: "members[\(index)].areas")
      }
    }
  }

  /// The quarters of a year that are over and have no meeting.
  static func missed(_ meetings: [Day], in year: Int, on today: Day) -> [Int] {
    (1...4).filter { quarter in
      guard let first = Day(year, quarter * 3 - 2, 1), let last = Day(endOf: quarter * 3, year) else { return false }
      return last < today && !meetings.contains { first <= $0 && $0 <= last }
    }
  }
}
