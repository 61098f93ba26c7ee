import ArgumentParser
import Bus
import FoundationEssentials
import Schema
import Units

/// `xaso invite`: prints the one line by which somebody comes in.
struct InviteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Mời một người vào hệ thống; in một dòng lời mời. (Invite somebody; print one line for them.)",
    discussion: """
      Dòng lời mời là bí mật, dùng một lần; chuyển cho người được mời bằng cách tin cậy, họ chạy: xaso join
      The line is a secret and works once; hand it over by a way that you trust, its owner runs: xaso join
      """, aliases: ["moi"])

  @Option(help: "Mã cơ quan, như vh-xh. (The office's code.)") var office: Office.Code?
  @Argument(help: "Tên cơ quan, nếu cơ quan chưa có. (The office's name, where it is new.)") var name: String?
  @Option(help: "Vai trò: \(Role.words). Có thể nhiều lần. (A role; several may be given.)") var role: [Role]
  @Option(help: "Tên tài khoản (mặc định: đơn vị.cơ quan). (The account's name.)") var account: Caller.Account?
  @Option(help: "Số ngày còn hạn, 1 đến 14. (Days until it expires.)") var days = 7
  @Flag(help: "Không thuộc đơn vị nào: quản trị, vận hành hệ thống. (Of no unit: runs the services.)") var system =
    false
  @OptionGroup var unit: UnitOption
  @OptionGroup var options: Options

  func validate() throws {
    guard !role.isEmpty else { throw ValidationError("name a role with --role") }
    guard !system || (unit.unit == nil && office == nil) else {
      throw ValidationError("--system excludes --unit and --office")
    }
  }

  func run() async throws {
    try await options.session { session in
      // A minute less: clocks differ, and 14 days are the most that the service allows.
      let expires = Timestamp(milliseconds: Timestamp.now.milliseconds + Int64(days) * 86_400_000 - 60_000)
      let unit = system ? nil : try unit.resolve(session)
      let handout = try await session.invite(
        try account ?? defaultAccount(in: unit), to: unit, office: try await office(session, in: unit), as: role,
        until: expires)
      if options.json {
        print(String(decoding: Codec.encode(handout), as: UTF8.self))
      } else {
        Failure.complain(handout.invitation.sentence(options.lang))
        print(handout.line)
      }
    }
  }

  private func defaultAccount(in unit: Unit?) throws -> Caller.Account {
    let who = office?.description ?? role.first?.rawValue
    guard let account = Caller.Account([unit?.word, who].compactMap(\.self).joined(separator: ".")) else {
      throw Complaint(
        vi: "Hãy nêu tên tài khoản bằng --account.", en: "Name the account with --account.", code: ExitCode(64))
    }
    return account
  }

  /// By the name that was given, or by the one that the unit keeps.
  private func office(_ session: Session, in unit: Unit?) async throws -> Office? {
    guard let office else { return nil }
    if let name { return Office(code: office, name: name) }
    let offices: [OfficeSummary] = try await session.all(in: unit) {
      ListOffices(after: $0)
    }
    guard let kept = offices.first(where: { $0.code == office }) else {
      throw Complaint(
        vi: "Đơn vị chưa có cơ quan «\(office)»; hãy ghi tên cơ quan sau mã.",
        en: "The unit has no office “\(office)” yet; write its name after the code.", code: ExitCode(64))
    }
    return kept.office
  }
}

extension InvitationSummary {
  fileprivate func sentence(_ lang: Language) -> String {
    let place = unit.map { Units[$0]?.fullName ?? $0.description } ?? Text(vi: "toàn hệ thống", en: "the system")(lang)
    let who = [office?.name, place].compactMap(\.self).joined(separator: ", ")
    return Text(
      vi: "Mời «\(account)» (\(who)), hạn \(expires.day.written). Dòng sau là bí mật, dùng một lần:",
      en: "Invites “\(account)” (\(who)) until \(expires.day). The next line is a secret and works once:")(lang)
  }
}

extension Role {
  /// Those that somebody may be given.
  static let words = allCases.filter { $0 != .invited }.map(\.rawValue).joined(separator: ", ")
}
