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

  @Option(help: "Mã cơ quan, như vh-xh (mặc định: theo tên). (The office's code; made of its name.)")
  var office: Office.Code?
  @Argument(help: "Tên cơ quan, nếu cơ quan chưa có. (The office's name, where it is new.)") var name: String?
  @Option(help: "Vai trò: \(Role.words). Có thể nhiều lần. (A role; several may be given.)") var role: [Role]
  @Option(help: "Tên tài khoản (mặc định: đơn vị.cơ quan). (The account's name.)") var account: Caller.Account?
  @Option(help: "Số ngày còn hạn, 1 đến 14. (Days until it expires.)") var days = 7
  @Flag(help: "Không thuộc đơn vị nào: quản trị, vận hành hệ thống. (Of no unit: runs the services.)") var system =
    false
  @Option(help: "Địa chỉ người được mời sẽ kết nối (mặc định: XASO_PUBLIC_ADDRESS). (Where they connect: HOST:PORT.)")
  var address: PublicAddress?
  @OptionGroup var unit: UnitOption
  @OptionGroup var options: Options

  func validate() throws {
    guard !role.isEmpty else { throw ValidationError("Hãy nêu vai trò bằng --role. (Name a role with --role.)") }
    guard !system || (unit.unit == nil && office == nil && name == nil) else {
      throw ValidationError("--system không đi cùng --unit và cơ quan. (--system excludes --unit and an office.)")
    }
  }

  func run() async throws {
    try await options.session { session in
      // A minute less: clocks differ, and 14 days are the most that the service allows.
      let expires = Timestamp(milliseconds: Timestamp.now.milliseconds + Int64(days) * 86_400_000 - 60_000)
      let server = try address ?? PublicAddress.set()
      let unit = system ? nil : try unit.resolve(session)
      let office = try await office(session, in: unit)
      let handout = try await session.invite(
        try account ?? defaultAccount(of: office, in: unit), to: unit, office: office, as: role, until: expires,
        through: server?.endpoint)
      if options.json {
        Output.json(handout)
      } else {
        Failure.complain(handout.invitation.sentence(options.lang))
        if try InvitationLine(handout.line).isForThisMachine { Failure.complain(Self.loopback(options.lang)) }
        Output.write(handout.line)
      }
    }
  }

  private static let loopback = Text(
    vi: "Lưu ý: lời mời này chỉ dùng được trên chính máy chủ; cho máy khác, hãy đặt XASO_PUBLIC_ADDRESS.",
    en: "Mind: this invitation works on the server itself only; for other machines set XASO_PUBLIC_ADDRESS.")

  private func defaultAccount(of office: Office?, in unit: Unit?) throws -> Caller.Account {
    let who = office?.code.description ?? role.first?.rawValue
    guard let account = Caller.Account([unit?.word, who].compactMap(\.self).joined(separator: ".")) else {
      throw Complaint(
        vi: "Hãy nêu tên tài khoản bằng --account.", en: "Name the account with --account.", code: ExitCode(64))
    }
    return account
  }

  /// The one that the unit keeps under this code or name, or a new one.
  private func office(_ session: Session, in unit: Unit?) async throws -> Office? {
    if let office, let name { return Office(code: office, name: name) }
    guard office != nil || name != nil else { return nil }
    let offices: [OfficeSummary] = try await session.all(in: unit) { ListOffices(after: $0) }
    if let kept = offices.first(where: { $0.code == office || $0.name.folded == name?.folded }) { return kept.office }
    guard let name else {
      let code = office?.description ?? ""
      throw Complaint(
        vi: "Đơn vị chưa có cơ quan «\(code)»; hãy ghi tên cơ quan sau mã.",
        en: "The unit has no office “\(code)” yet; write its name after the code.", code: ExitCode(64))
    }
    guard let code = Office.Code(ofOfficeNamed: name) else {
      throw Complaint(
        vi: "Không rút được mã từ tên «\(name)»; hãy nêu mã bằng --office.",
        en: "No code can be made of the name “\(name)”; name one with --office.", code: ExitCode(64))
    }
    return Office(code: code, name: name)
  }
}

extension Office.Code {
  /// `vh-xh` of `Phòng VH-XH`; nil when nothing is left or too much.
  init?(ofOfficeNamed name: String) {
    let words = name.folded.split(separator: " ")
    self.init(words.drop { $0 == "phong" }.joined(separator: "-"))
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
