import Bus
import FoundationEssentials
import GRDB
import Glibc
import Schema
import Service
import Storage
import ZeroMQ

@testable import xaso

extension House {
  /// What a service has made of the streams that it follows, and what another store makes of them that reads each from
  /// its first event; by table.
  struct Comparison {
    var kept: [String: [[DatabaseValue]]]
    var rebuilt: [String: [[DatabaseValue]]]

    func rows(of table: String) -> Int { kept[table]?.count ?? 0 }
  }

  /// Tables that people fill and sums of these, and those of every store; all others are made of streams.
  private static let own: Set = [
    "entry", "balance", "observation", "village_sum", "rolled_up", "nothing_arose", "judgement", "merger",
    "revoked_merger", "met_target",
    "definition", "definition_alias",
    "regime", "due_move", "lock_exception", "submission", "submission_cell", "submission_step", "expected_report",
    "endangered_target", "store", "migration", "outbox", "command_record", "audit", "stream_cursor", "inbox",
    "parked_event", "standing", "acknowledgement", "silence", "address", "telling", "letter", "letter_notice",
    "attempt", "rule_book", "round", "working_day", "channel_set", "lag_look",
  ]

  /// Runs a second process of a service on an empty store, until it has read all that there is.
  func rebuild<S: Contract>(_ service: S.Type = Notifications.self) async throws -> Comparison {
    let name = service.name.description
    let folder = try folder("rebuild-\(name)-\(UUIDv7().low % 10_000)")
    let endpoint = "ipc://" + folder.path("run", "requests")
    let store = folder.path("stores", "\(name).sqlite")
    let daemon = try start(
      name, in: folder,
      [
        "XASO_STORE": store, "XASO_LISTEN_REQUESTS": endpoint, "XASO_LISTEN_EVENTS": endpoint + ".events",
      ])
    defer { end(daemon) }
    try await reachAll(service, at: endpoint)
    let own = try StoreFile(self.store(name))
    let tables = try own.texts("SELECT name FROM sqlite_master WHERE type = 'table'")
      .filter { !$0.hasPrefix("sqlite_") && !Self.own.contains($0) }
    return Comparison(
      kept: try own.dump(tables).mapValues(Self.ofStreams),
      rebuilt: try StoreFile(store).dump(tables).mapValues(Self.ofStreams))
  }

  /// Without the notices that notifications makes by the clock.
  private static func ofStreams(_ rows: [[DatabaseValue]]) -> [[DatabaseValue]] {
    rows.filter { !$0.contains(Notifications.name.description.databaseValue) }
  }

  /// Asks as the identity service, which is a peer: this process is not the one behind the gateway.
  private func reachAll<S: Contract>(_ service: S.Type, at endpoint: String) async throws {
    let registry = try Registry.load(from: installation.path("registry.yaml"))
    guard let server = registry[service.name]?.key else { throw CallFailure("no \(service.name) in the registry", 0) }
    let keys = try CurveKeys.load(from: installation.path("keys", "identity.key"))
    let client = Client(
      to: endpoint, security: .client(keys: keys, server: server), in: House.context, on: House.loop)
    do {
      for stream in service.follows {
        try await reach(try await health(of: stream.description).head, of: stream, by: service, asking: client)
      }
      await client.close()
    } catch {
      await client.close()
      throw error
    }
  }

  /// The counts of each commune and month: as identity's villages add up, and as indicators has them from its stream.
  func counts() throws -> (recorded: [[DatabaseValue]], added: [[DatabaseValue]]) {
    let recorded = try StoreFile(store(Identity.name.description)).rows(
      """
      SELECT province, commune, month, COUNT(*), SUM(revision), SUM(adults), SUM(issued), SUM(activated), SUM(signatures)
      FROM village_count GROUP BY province, commune, month ORDER BY province, commune, month
      """
    ) { Array($0.databaseValues) }
    let added = try StoreFile(store(Indicators.name.description)).rows(
      """
      SELECT province, commune, month, villages, revision, adults, issued, activated, signatures FROM month_count
      ORDER BY province, commune, month
      """
    ) { Array($0.databaseValues) }
    return (recorded, added)
  }

  /// The keys that were ever admitted and whom a front door lets in by each that is read from identity's first event;
  /// and whom identity says that they are for.
  func rebuildDirectory() throws -> (kept: [String: Caller], rebuilt: [String: Caller]) {
    let store = try StoreFile(store(House.identity), atOneMoment: true)
    let directory = Directory()
    let events = try store.rows("SELECT event FROM outbox ORDER BY seq") { $0[0] as Data }
    try directory.apply(events, through: Int64(events.count))
    directory.confirm(.zero)
    let seats = try store.rows("SELECT body FROM seat") { try Codec.decode(Seat.self, from: $0[0] as Data) }
    var rebuilt: [String: Caller] = [:]
    for text in try store.texts("SELECT key FROM account_key UNION SELECT key FROM invitation") {
      guard let key = PublicKey(z85: text), directory.admits(key) else { continue }
      rebuilt[text] = try directory.caller(key)
    }
    let today = Timestamp.now.day
    let kept = seats.compactMap { seat in seat.caller(on: today).map { (seat.key.description, $0) } }
    return (Dictionary(uniqueKeysWithValues: kept), rebuilt)
  }
}
