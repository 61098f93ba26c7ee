import ArgumentParser
import FoundationEssentials
import Schema
import Storage
import ZeroMQ

/// Puts a backup in the place of the stores of a stack that is stopped: all of them or none.
struct Restore {
  /// A key that may come in by the backup, and may not now.
  struct Revived: Codable {
    var key: String
    var account: Caller.Account
    var unit: Unit?
    /// To join: it does nothing else, and was withdrawn since.
    var isInvitation: Bool
  }

  /// Where the store of each service is.
  let stores: StorePlaces
  private let replacement: StoreReplacement

  /// Takes hold of all stores. A stack that runs is left alone.
  init(of stores: StorePlaces) throws {
    self.stores = stores
    do throws(StorageError) {
      replacement = try StoreReplacement(of: stores.all)
    } catch {
      guard error.kind == .busy else { throw error }
      throw Complaint(
        vi: "Hệ thống đang chạy; hãy dừng trước (xaso down, docker compose stop). \(error.message)",
        en: "The stack is running; stop it first (xaso down, docker compose stop). \(error.message)", code: ExitCode(1))
    }
  }

  func release() { replacement.release() }

  /// Finishes, or takes back, what was interrupted.
  func settle() throws -> StoreReplacement.Settlement { try replacement.settle() }

  /// Looks whether each file is what the manifest says.
  func check(_ manifest: Manifest, in folder: String) async throws {
    try manifest.check()
    for copy in manifest.stores {
      let path = "\(folder)/\(copy.service).sqlite"
      guard DurableFile.exists(path) else {
        throw Complaint(vi: "Thiếu \(path).", en: "\(path) is missing.", code: ExitCode(66))
      }
      guard (try? await StoreFile(path).summary(taken: copy.taken)) == copy else {
        throw Complaint(
          vi: "\(path) không đúng với \(Manifest.fileName): tệp đã hỏng hoặc bị sửa; chưa có gì thay đổi.",
          en: "\(path) is not what \(Manifest.fileName) says: damaged or changed. Nothing was done.", code: ExitCode(65)
        )
      }
    }
  }

  /// Those whom the backup lets in and the present store of identity does not; nil when that one cannot be read.
  func revived(by folder: String) async throws -> [Revived]? {
    let present = stores[Identity.name]
    guard DurableFile.exists(present), let now = try? await seats(in: present) else { return nil }
    return try await seats(in: "\(folder)/\(Identity.name).sqlite").seats.filter { now[$0.key] == nil }
      .map { key, seat in
        Revived(
          key: key.z85, account: seat.account, unit: seat.unit, isInvitation: seat.roles.contains(Open(.invited)))
      }
      .sorted { ($0.account.description, $0.key) < ($1.account.description, $1.key) }
  }

  func run(_ manifest: Manifest, from folder: String) throws {
    let copies = Dictionary(uniqueKeysWithValues: manifest.stores.map { ($0.service, $0) })
    try replacement.run(
      StorePlaces.services.compactMap { service in
        copies[service].map {
          .init(store: stores[service], copy: "\(folder)/\(service).sqlite", sha256: $0.sha256)
        }
      })
  }

  private func seats(in store: String) async throws -> Seats {
    var seats = Seats()
    for event in try await StoreFile(store).events(named: Seats.events) { try seats.apply(event) }
    return seats
  }
}

/// Where each process keeps its store: a path with `{service}` in it.
struct StorePlaces {
  static let services = Catalogue.contracts.map { $0.name }

  private let pattern: String

  init(_ pattern: String) throws {
    guard pattern.contains("{service}") else {
      throw Complaint(
        vi: "--stores phải có {service}, ví dụ /var/lib/xaso/{service}/store.sqlite.",
        en: "--stores must contain {service}, such as /var/lib/xaso/{service}/store.sqlite.", code: ExitCode(64))
    }
    self.pattern = pattern
  }

  subscript(service: ServiceName) -> String { pattern.replacing("{service}", with: "\(service)") }

  var all: [String] { Self.services.map { self[$0] } }
}
