import ArgumentParser
import Bus
import Schema
import Units

/// `xaso account`: who may come in.
struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Tài khoản. (Accounts.)",
    subcommands: [
      List.self, Keys.self, Revoke.self, Limit.self, Lend.self, TakeBack.self, Can.self, Review.self, Invitations.self,
      Cancel.self,
    ],
    defaultSubcommand: List.self, aliases: ["tai-khoan"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Liệt kê tài khoản của đơn vị và các đơn vị bên dưới. (List the accounts.)", aliases: ["liet-ke"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolveIfNamed(session)
        let accounts: [AccountSummary] = try await session.all(in: unit) { ListAccounts(after: $0) }
        options.show(AccountTable.of(accounts, options.lang, showsSeen: true), json: accounts)
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thu hồi một tài khoản, hoặc một khóa của nó. (Revoke an account, or one key.)", aliases: ["thu-hoi"])

    @Argument(help: "Tên tài khoản. (The account.)") var account: Caller.Account
    // A key may begin with a hyphen.
    @Option(parsing: .unconditional, help: "Chỉ khóa công khai này. (This public key only.)")
    var publicKey: Identity.Key?
    @Option(help: "Lý do. (The reason.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = Schema.Revoke(account: account, key: publicKey, reason: reason)
          return try await session.ask(request, in: try unit.resolveIfNamed(session), key: key).value
        }, show: { AccountTable.of([$0], change.options.lang) })
    }
  }
}

extension UnitOption {
  /// None for who belongs to none and names none.
  func resolveIfNamed(_ session: Session) throws -> Unit? {
    unit == nil && session.home == nil ? nil : try resolve(session)
  }
}

/// Accounts, a line each.
enum AccountTable {
  /// - Parameter showsSeen: Whether to say when each was seen last: known a moment after it asks.
  static func of(_ accounts: [AccountSummary], _ lang: Language, showsSeen: Bool = false) -> Table {
    var table = Table(titles(showsSeen))
    for account in accounts {
      let keys = account.keys.filter { $0.revoked == nil }.map(\.key.description)
      var cells: [Table.Cell] = [
        "\(account.account)", "\(account.unit.map { Units[$0]?.name ?? $0.description } ?? "")",
        "\(account.office?.name ?? "")", "\(roles(of: account, lang))", "\(state(of: account, lang))",
        "\(keys.joined(separator: " "))",
      ]
      if showsSeen { cells.insert("\(account.seen?.written ?? "—")", at: 5) }
      table.add(cells)
    }
    return table
  }

  private static func titles(_ showsSeen: Bool) -> [Table.Column] {
    var titles: [Table.Column] = [
      .init(title: Text(vi: "Tài khoản", en: "Account")), .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Cơ quan", en: "Office")), .init(title: Text(vi: "Vai trò", en: "Roles")),
      .init(title: Text(vi: "Trạng thái", en: "State")),
    ]
    if showsSeen { titles.append(.init(title: Text(vi: "Lần cuối", en: "Last seen"))) }
    return titles + [.init(title: Text(vi: "Khóa còn dùng", en: "Keys in use"), isLong: true)]
  }

  /// Its own, then what it was lent.
  private static func roles(of account: AccountSummary, _ lang: Language) -> String {
    let lent = (account.delegations ?? []).map { loan in
      let roles = loan.roles.map { $0.text(lang) }.joined(separator: ", ")
      return Text(
        vi: "\(roles) (\(loan.by) ủy quyền \(loan.from.written) – \(loan.through.written))",
        en: "\(roles) (lent by \(loan.by) from \(loan.from) through \(loan.through))")(lang)
    }
    return (account.roles.map { $0.text(lang) } + lent).joined(separator: ", ")
  }

  private static func state(of account: AccountSummary, _ lang: Language) -> String {
    let last = account.last.map { Text(vi: ", đến hết \($0.written)", en: ", through \($0)")(lang) } ?? ""
    return account.status.text(lang) + last
  }
}

extension Open where Word == Identity.AccountStatus {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.invited): Text(vi: "đã mời", en: "invited")(lang)
    case .known(.active): Text(vi: "đang dùng", en: "active")(lang)
    case .known(.revoked): Text(vi: "đã thu hồi", en: "revoked")(lang)
    case .unknown(let word): word
    }
  }
}

extension Open where Word == Role {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(let role): role.text(lang)
    case .unknown(let word): word
    }
  }
}
