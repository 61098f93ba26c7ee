import ArgumentParser
import Bus
import Schema

/// Rights for a time: an account's last day, and roles that are lent.
extension AccountCommand {
  struct Limit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đặt ngày cuối cùng của một tài khoản, hoặc một khóa. (Set an account's or a key's last day.)",
      discussion: "Bỏ --last để không hạn định. (Without --last it has none.)", aliases: ["han"])

    @Argument(help: "Tên tài khoản. (The account.)") var account: Caller.Account
    @Option(help: "Ngày cuối cùng còn dùng được. (The last day.)") var last: Day?
    // A key may begin with a hyphen.
    @Option(parsing: .unconditional, help: "Chỉ khóa công khai này. (This public key only.)")
    var publicKey: Identity.Key?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = LimitAccount(account: account, key: publicKey, last: last)
          return try await session.ask(request, in: try unit.resolveIfNamed(session), key: key).value
        },
        show: { account in
          publicKey == nil ? AccountTable.of([account], change.options.lang) : KeyTable.of(account, change.options.lang)
        })
    }
  }

  struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các khóa của một tài khoản: từ khi nào, đến khi nào, lần cuối. (An account's keys.)",
      aliases: ["khoa"])

    @Argument(help: "Tên tài khoản. (The account.)") var account: Caller.Account
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolveIfNamed(session)
        let accounts: [AccountSummary] = try await session.all(in: unit) { ListAccounts(after: $0) }
        guard let found = accounts.first(where: { $0.account == account }) else {
          throw Refusal.notFound("tài khoản", "account", account)
        }
        options.show(KeyTable.of(found, options.lang), json: found.keys)
      }
    }
  }

  struct Lend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lend",
      abstract: "Ủy quyền vai trò của mình cho người khác trong đơn vị. (Lend roles of one's own for a time.)",
      discussion: "xaso account lend giao-an.pct --role approver --through 30/11/2026 --document 15/QĐ-UBND",
      aliases: ["uy-quyen"])

    @Argument(help: "Tài khoản được ủy quyền. (The account.)") var account: Caller.Account
    @Option(help: "Vai trò; có thể nhiều lần. (A role; several may be given.)") var role: [Role]
    @Option(help: "Từ ngày (mặc định: hôm nay). (The first day; today unless given.)") var from: Day?
    @Option(help: "Đến hết ngày. (The last day.)") var through: Day
    @Option(help: "Số, ký hiệu văn bản ủy quyền. (The document.)") var document: DocumentNumber
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = Delegate(
            to: account, roles: role.map { Open($0) }, from: from ?? Timestamp.now.day, through: through,
            document: document)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        },
        show: { (loan: Delegation) in
          let lang = change.options.lang
          var table = Table([
            .init(title: Text(vi: "Ủy quyền", en: "Delegation")), .init(title: Text(vi: "Cho", en: "To")),
            .init(title: Text(vi: "Vai trò", en: "Roles")), .init(title: Text(vi: "Từ", en: "From")),
            .init(title: Text(vi: "Đến hết", en: "Through")), .init(title: Text(vi: "Văn bản", en: "Document")),
          ])
          table.add(
            "\(loan.id)", "\(loan.to)", "\(loan.roles.map { $0.text(lang) }.joined(separator: ", "))",
            "\(loan.from.written)", "\(loan.through.written)", "\(loan.document)")
          return table
        })
    }
  }

  struct TakeBack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "take-back", abstract: "Thôi ủy quyền trước hạn. (Take back what one lent.)",
      aliases: ["thoi-uy-quyen"])

    @Argument(help: "Mã ủy quyền. (The delegation.)") var delegation: Delegation.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = EndDelegation(delegation: delegation)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        },
        show: { (_: Done) in
          var table = Table([.init(title: Text(vi: "Kết quả", en: "Result"))])
          table.add("\(Text(vi: "đã thôi ủy quyền", en: "taken back")(change.options.lang))")
          return table
        })
    }
  }
}

/// The keys of an account, a line each, those that were revoked too.
enum KeyTable {
  static func of(_ account: AccountSummary, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Khóa", en: "Key")), .init(title: Text(vi: "Từ ngày", en: "From")),
      .init(title: Text(vi: "Đến hết", en: "Through")), .init(title: Text(vi: "Lần cuối", en: "Last seen")),
      .init(title: Text(vi: "Trạng thái", en: "State"), isLong: true),
    ])
    for key in account.keys {
      let last = [account.last, key.last].compactMap(\.self).min()
      table.add(
        "\(key.key)", "\(key.admitted.day.written)", "\(last?.written ?? "—")", "\(key.seen?.written ?? "—")",
        "\(state(of: key, last, lang))")
    }
    return table
  }

  private static func state(of key: KeySummary, _ last: Day?, _ lang: Language) -> String {
    if let revoked = key.revoked {
      let reason = key.reason.map { ": \($0)" } ?? ""
      return Text(vi: "đã thu hồi \(revoked.day.written)", en: "revoked \(revoked.day)")(lang) + reason
    }
    let isOver = last.map { $0 < Timestamp.now.day } ?? false
    return isOver ? Text(vi: "hết hạn", en: "expired")(lang) : Text(vi: "đang dùng", en: "in use")(lang)
  }
}
