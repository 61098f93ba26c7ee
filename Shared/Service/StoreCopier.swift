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

  /// Into the folder that `XASO_BACKUP` names.
  public init(of database: Database, named service: ServiceName, _ settings: Settings) {
    self.init(of: database, to: settings["backup"].flatMap { $0.isEmpty ? nil : "\($0)/\(service).sqlite" })
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
      return try await database.copy(to: path)
    }
    underWay = task
    defer { underWay = nil }
    return try await task.value
  }
}
