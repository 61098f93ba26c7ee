import Schema

/// What all services that take commands have kept.
struct Books {
  static let services = [Identity.name, Plans.name, Budget.name, Indicators.name]

  private let found: [ServiceName: Found]

  /// - Parameter known: The keys of commands from before the ledger began.
  init(of house: House, but known: Set<UUIDv7>) throws {
    var found: [ServiceName: Found] = [:]
    for name in Self.services {
      found[name] = try Found(in: house.store(name.description), of: name, but: known)
    }
    self.found = found
  }

  /// The keys of all commands that are remembered.
  static func keys(of house: House) throws -> Set<UUIDv7> {
    Set(try services.flatMap { try StoreFile(house.store($0.description)).ids("SELECT key FROM command_record") })
  }

  subscript(name: ServiceName) -> Found { found[name] ?? Found() }

  /// Of one service, by what was sent to all.
  func verdict(on name: ServiceName, _ sent: [Entry]) -> Verdict {
    Verdict(sent.filter { $0.method.service == name }, self[name])
  }
}
