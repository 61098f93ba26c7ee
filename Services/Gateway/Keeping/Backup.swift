import ArgumentParser
import Bus
import FoundationEssentials
import Glibc
import Schema
import Service
import Storage

/// Copies of all stores while the stack runs, in one folder with their manifest.
struct Backup {
  /// Where the processes put their copies, seen from here: `XASO_BACKUP`, with `{service}` in it when each has a folder
  /// of its own.
  let outbox: String
  let folder: String

  /// How long one store may take: a request lives for a minute, and a copy goes on without it.
  private static let patience = Duration.seconds(1800)

  /// Back to front along the chain of subscriptions: a subscriber is copied before what it follows, so that no copy has
  /// read what another one does not have.
  func take(
    _ session: Session, progress: (ServiceName) -> Void
  ) async throws -> Manifest {
    let silent = try await session.healths().filter { $0.health == nil }.map { "\($0.service)" }
    guard silent.isEmpty else {
      let names = silent.joined(separator: ", ")
      throw Complaint(
        vi: "Không trả lời: \(names); chỉ sao lưu được khi mọi dịch vụ đang chạy.",
        en: "No answer: \(names); a backup needs every service to run.", code: ExitCode(69))
    }
    let isNew = try makeFolder()
    var manifest = Manifest(version: version, stores: [])
    do {
      for contract in Catalogue.contracts.reversed() {
        progress(contract.name)
        let copy = try await copy(of: contract, session)
        try await fetch(copy)
        manifest.stores.append(copy)
      }
      try manifest.check()
      try manifest.save(in: folder)
      return manifest
    } catch {
      // Half a backup helps nobody, and its place is wanted for the next one.
      for contract in Catalogue.contracts { try? DurableFile.remove(path(of: contract.name)) }
      if isNew { rmdir(folder) }
      throw error
    }
  }

  private func copy<S: Contract>(of contract: S.Type, _ session: Session) async throws -> StoreCopy {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      do throws(Refusal) {
        return try await session.ask(BackUp<S>(), in: nil, ttl: .seconds(60)).value
      } catch {
        // The copy that is under way is the one that the next request waits for.
        guard [.timedOut, .outcomeUnknown].contains(error.status), ContinuousClock.now < deadline else { throw error }
      }
    }
  }

  /// Takes the copy out of the service's folder, and looks whether it is the one that the service spoke of.
  private func fetch(_ copy: StoreCopy) async throws {
    let source = "\(outbox.replacing("{service}", with: "\(copy.service)"))/\(copy.service).sqlite"
    guard DurableFile.exists(source) else {
      throw Complaint(
        vi: """
          Không thấy bản sao ở \(source): hãy nêu thư mục XASO_BACKUP của các dịch vụ bằng --from; nếu có bản sao lưu \
          khác chạy cùng lúc, hãy làm lại.
          """,
        en: """
          There is no copy at \(source): name the services' folder XASO_BACKUP with --from; or another backup runs at \
          the same time, and then do it again.
          """, code: ExitCode(66))
    }
    do {
      try DurableFile.move(source, to: path(of: copy.service))
    } catch {
      // What has no room there need not take room here.
      try? DurableFile.remove(source)
      throw error
    }
    guard try await StoreFile(path(of: copy.service)).summary(taken: copy.taken) == copy else {
      throw Complaint(
        vi: "Bản sao của \(copy.service) không phải bản vừa tạo: có bản sao lưu khác chạy cùng lúc; hãy làm lại.",
        en: "The copy of \(copy.service) is not the one just made: another backup runs at the same time; do it again.",
        code: ExitCode(1))
    }
  }

  private func path(of service: ServiceName) -> String { "\(folder)/\(service).sqlite" }

  /// - Returns: Whether it was not there before.
  private func makeFolder() throws -> Bool {
    let isThere = DurableFile.exists(folder)
    guard !isThere || (try? FileManager.default.contentsOfDirectory(atPath: folder).isEmpty) == true else {
      throw Complaint(
        vi: "\(folder) đã có nội dung; hãy nêu thư mục mới.", en: "\(folder) is not empty; name a new folder.",
        code: ExitCode(65))
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Complaint(
        vi: "Không tạo được thư mục \(folder); hãy nêu nơi ghi được.",
        en: "The folder \(folder) cannot be made; name a place that can be written.", code: ExitCode(65))
    }
    return !isThere
  }
}
