import Glibc
public import Schema
public import Storage

/// Copies the process's own store when an operator asks for a backup, one copy at a time.
public actor StoreCopier {
  private let database: Database
  private let path: String?
  private var underWay: Task<StoreCopy, any Error>?

  /// - Parameter path: Where the copy is put, in the place of the one before it; nil when nobody has said where.
  public init(of database: Database, to path: String?) {
    self.database = database
    self.path = path
  }

  /// Into the folder that `XASO_BACKUP` names, which is made when the first copy is.
  public init(of database: Database, named service: ServiceName, _ settings: Settings) throws(SettingsError) {
    let path = settings["backup"].flatMap { $0.isEmpty ? nil : "\($0)/\(service).sqlite" }
    if let path, let store = settings["store"], Self.isOneFile(path, store) {
      throw SettingsError("XASO_BACKUP is the folder of the store itself: a copy would take its place")
    }
    self.init(of: database, to: path)
  }

  /// Who asks while a copy is being made is told of that one. The audit says who had the copy made.
  public func copy(for caller: Caller, as method: Method) async throws -> StoreCopy {
    guard let path else {
      throw Refusal(
        .conflict, vi: "Dịch vụ \(method.service) chưa được chỉ nơi sao lưu; hãy đặt XASO_BACKUP rồi khởi động lại.",
        en: "The service \(method.service) is not told where to put a backup; set XASO_BACKUP and start it again.")
    }
    if let underWay { return try await underWay.value }
    let task = Task { [database] in
      try await database.audit(
        AuditEntry(
          time: .now, account: caller.account, unit: nil, office: nil, method: method.description, key: nil,
          status: .ok))
      try DurableFile.makeFolder(of: path)
      return try await database.copy(to: path)
    }
    underWay = task
    defer { underWay = nil }
    return try await task.value
  }

  private static func isOneFile(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }
}
