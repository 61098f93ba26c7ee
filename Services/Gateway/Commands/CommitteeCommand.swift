import ArgumentParser
import Bus
import Schema
import Units

/// `xaso committee`: the steering committee and working groups, and whether they met.
struct CommitteeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "committee", abstract: "Ban Chỉ đạo, tổ công tác. (Committees and working groups.)",
    subcommands: [Keep.self, List.self], aliases: ["ban-chi-dao"])

  struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi thành viên, thay danh sách cũ. (Say who is in it, in place of who was.)", aliases: ["ghi"])

    @Argument(help: "Mã: bcd. (Its code.)") var code: Office.Code
    @Argument(help: "Tên. (Its name.)") var name: String
    @Option(
      help: "Thành viên: \"Họ tên; chức danh; lĩnh vực; thon-1,thon-2\". (A member: name; position; field; areas.)")
    var member: [MemberArgument]
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = KeepCommittee(
            committee: Office(code: code, name: name), members: member.map(\.member))
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { CommitteeTable.members(of: [$0], change.options.lang) })
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các cuộc họp trong năm; quý nào chưa họp. (The year's meetings, and the quarters without one.)")

    @Option(help: "Năm. (The year.)") var year: Int
    @Option(help: "Xét theo ngày này. (The day to judge by.)") var today: Day?
    @Flag(help: "In cả thành viên. (Print the members.)") var members = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let committees: [CommitteeSummary] = try await session.all(in: unit) {
          ListCommittees(year: year, today: today, after: $0)
        }
        options.show(
          members
            ? CommitteeTable.members(of: committees, options.lang)
            : CommitteeTable.meetings(of: committees, options.lang),
          json: committees)
      }
    }
  }
}

/// `Chủ tịch Nguyễn Văn A; Trưởng ban; Chỉ đạo chung; thon-1,thon-2`
struct MemberArgument: ExpressibleByArgument {
  let member: CommitteeMember

  init?(argument: String) {
    let parts = argument.split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.split(separator: " ").joined(separator: " ") }
    guard (2...4).contains(parts.count) else { return nil }
    let areas = (parts.count > 3 ? parts[3] : "").split(separator: ",").map { Office.Code(String($0)) }
    guard !areas.contains(nil) else { return nil }
    member = CommitteeMember(
      name: parts[0], position: parts[1], field: parts.count > 2 && !parts[2].isEmpty ? parts[2] : nil,
      areas: areas.compactMap(\.self))
  }
}

/// Committees by their members, or by their meetings.
enum CommitteeTable {
  static func members(of committees: [CommitteeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Tổ chức", en: "Committee")), .init(title: Text(vi: "Thành viên", en: "Member")),
      .init(title: Text(vi: "Chức danh", en: "Position")),
      .init(title: Text(vi: "Lĩnh vực", en: "Field"), isLong: true), .init(title: Text(vi: "Địa bàn", en: "Areas")),
    ])
    for committee in committees {
      for member in committee.members {
        table.add(
          "\(committee.committee.code)", "\(member.name)", "\(member.position)", "\(member.field ?? "")",
          "\(member.areas.map(\.description).joined(separator: ", "))")
      }
    }
    return table
  }

  static func meetings(of committees: [CommitteeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Tổ chức", en: "Committee"), isLong: true),
      .init(title: Text(vi: "Đã họp", en: "Met"), isLong: true),
      .init(title: Text(vi: "Quý không họp", en: "Quarters without")),
    ])
    for committee in committees {
      let met = committee.conclusions.map { conclusion in
        conclusion.metOn.written + (conclusion.number.map { " (\($0))" } ?? "")
      }
      table.add(
        "\(Units[committee.unit]?.name ?? committee.unit.description)", "\(committee.committee.name)",
        "\(met.joined(separator: "; "))", "\(committee.missed.map(String.init).joined(separator: ", "))")
    }
    return table
  }
}
