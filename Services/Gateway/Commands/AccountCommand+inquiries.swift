import ArgumentParser
import Bus
import Schema
import Units

/// Who may do what and why, what should be withdrawn, and who was invited.
extension AccountCommand {
  struct Can: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một tài khoản có được làm một việc không, vì sao. (Whether an account may do something, and why.)",
      discussion: "xaso account can giao-an.vh-xh plans.issue --at 38/15043", aliases: ["duoc"])

    @Argument(help: "Tên tài khoản. (The account.)") var account: Caller.Account
    @Argument(help: "Yêu cầu, như plans.issue. (The method.)") var method: String
    @Option(help: "Làm ở đơn vị nào (mặc định: không kèm đơn vị). (Where.)") var at: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      var isPermitted = true
      try await options.session { session in
        let place = try at.map { try UnitOption.find($0) }
        let request = ExplainAccess(account: account, asked: method, unit: place)
        let explanation = try await session.ask(request, in: try unit.resolveIfNamed(session)).value
        var table = Table([
          .init(title: explanation.isPermitted ? Text(vi: "ĐƯỢC", en: "YES") : Text(vi: "KHÔNG", en: "NO")),
          .init(title: Text(vi: "Vì", en: "Because"), isLong: true),
        ])
        for reason in explanation.reasons { table.add("\(reason.holds ? "✓" : "✗")", "\(reason.text(options.lang))") }
        options.show(table, json: explanation)
        isPermitted = explanation.isPermitted
      }
      if !isPermitted { throw ExitCode(1) }
    }
  }

  struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Những tài khoản, lời mời nên xem lại hoặc thu hồi. (What should be looked at or withdrawn.)",
      aliases: ["ra-soat"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolveIfNamed(session)
        let accounts: [AccountSummary] = try await session.all(in: unit) { ListAccounts(after: $0) }
        let invitations: [PendingInvitation] = try await session.all(in: unit) { ListInvitations(after: $0) }
        let doubts = AccountReview.doubts(accounts, invitations, at: .now)
        options.show(AccountReview.table(doubts, options.lang), json: doubts)
      }
    }
  }

  struct Invitations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lời mời chưa ai dùng. (Invitations that wait.)", aliases: ["loi-moi"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let pending: [PendingInvitation] = try await session.all(in: try unit.resolveIfNamed(session)) {
          ListInvitations(after: $0)
        }
        var table = Table([
          .init(title: Text(vi: "Lời mời", en: "Invitation")), .init(title: Text(vi: "Tài khoản", en: "Account")),
          .init(title: Text(vi: "Đơn vị", en: "Unit")), .init(title: Text(vi: "Hết hạn", en: "Expires")),
        ])
        for invitation in pending {
          table.add(
            "\(invitation.id)", "\(invitation.account)", "\(invitation.unit?.description ?? "")",
            "\(invitation.expires.day.written)")
        }
        options.show(table, json: pending)
      }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hủy một lời mời chưa dùng. (Withdraw an invitation.)", aliases: ["huy"])

    @Argument(help: "Mã lời mời. (The invitation.)") var invitation: Invitation.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = CancelInvitation(invitation: invitation)
          return try await session.ask(request, in: try unit.resolveIfNamed(session), key: key).value
        },
        show: { (_: Done) in
          var table = Table([.init(title: Text(vi: "Kết quả", en: "Result"))])
          table.add("\(Text(vi: "đã hủy", en: "withdrawn")(change.options.lang))")
          return table
        })
    }
  }
}

/// What an administrator should look at again, from time to time.
enum AccountReview {
  struct Doubt: Encodable, Hashable {
    var account: Caller.Account
    var unit: Unit?
    var text: Text
  }

  private static let day: Int64 = 86_400_000
  /// Of one key; then it is better another one.
  private static let oldest: Int64 = 730 * day
  /// Days after which somebody who did not come may have left.
  private static let silence = 90

  static func doubts(
    _ accounts: [AccountSummary], _ invitations: [PendingInvitation], at now: Timestamp
  ) -> [Doubt] {
    var doubts: [Doubt] = []
    for account in accounts where !(account.status == .revoked) {
      func add(_ vi: String, _ en: String) {
        doubts.append(Doubt(account: account.account, unit: account.unit, text: Text(vi: vi, en: en)))
      }
      let keys = account.keys.filter { $0.revoked == nil }
      if account.status == .active, keys.isEmpty {
        add("không còn khóa nào; thu hồi tài khoản hoặc mời lại", "has no key left; revoke it or invite again")
      }
      if account.status == .invited, !invitations.contains(where: { $0.account == account.account }) {
        add("đã mời nhưng không còn lời mời nào dùng được", "was invited, and no invitation is left")
      }
      if keys.count > 3 { add("có \(keys.count) khóa; giữ lại khóa đang dùng", "has \(keys.count) keys") }
      if keys.contains(where: { now.milliseconds - $0.admitted.milliseconds > oldest }) {
        add("có khóa dùng quá hai năm; đổi khóa: xaso key rotate", "has a key of more than two years; rotate it")
      }
      if let last = account.last, last < now.day {
        add("đã hết hạn ngày \(last.written); thu hồi hoặc gia hạn", "was good through \(last); revoke or extend it")
      }
      // Somebody who came in today has been seen, even where no gateway has told of it yet.
      let begun = keys.map(\.admitted.milliseconds).min() ?? now.milliseconds
      let isSilent =
        account.seen.map { $0.adding(silence) < now.day } ?? (now.milliseconds - begun > Int64(silence) * day)
      if account.status == .active, !keys.isEmpty, isSilent {
        let seen = account.seen.map { ($0.written, $0.description) } ?? ("chưa lần nào", "never")
        add("\(silence) ngày không dùng (lần cuối: \(seen.0))", "not used for \(silence) days (last: \(seen.1))")
      }
      for loan in account.delegations ?? [] where loan.from <= now.day {
        add(
          "đang được \(loan.by) ủy quyền đến hết \(loan.through.written)",
          "has what \(loan.by) lent it through \(loan.through)")
      }
      let roles = Set(account.roles.compactMap(\.known))
      if roles.contains(.administrator), !roles.isDisjoint(with: Role.offices) {
        add("vừa quản trị vừa làm nghiệp vụ", "administers and works in an office")
      }
      if roles.isSuperset(of: [.approver, .clerk]) || roles.isSuperset(of: [.approver, .finance]) {
        add("một người vừa duyệt vừa thực hiện", "one person approves and carries out")
      }
    }
    for invitation in invitations where invitation.expires < now {
      doubts.append(
        Doubt(
          account: invitation.account, unit: invitation.unit,
          text: Text(vi: "lời mời đã hết hạn; hủy hoặc mời lại", en: "the invitation has expired; withdraw it")))
    }
    return doubts
  }

  static func table(_ doubts: [Doubt], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Tài khoản", en: "Account")), .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Nên xem lại vì", en: "Look at it because"), isLong: true),
    ])
    for doubt in doubts {
      table.add(
        "\(doubt.account)", "\(doubt.unit.map { Units[$0]?.name ?? $0.description } ?? "")", "\(doubt.text(lang))")
    }
    return table
  }
}
