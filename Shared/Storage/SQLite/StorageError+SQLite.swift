import GRDB

extension StorageError {
  /// What SQLite said; the SQL with its placeholders, without their values.
  init(_ error: any Error) {
    guard let error = error as? DatabaseError else {
      self = error as? StorageError ?? StorageError(.failed, "\(error)")
      return
    }
    let kind: Kind =
      switch error.extendedResultCode {
      case .SQLITE_FULL, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE: .full
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
      default: .failed
      }
    let sql = error.sql.map { " in \($0)" } ?? ""
    self.init(kind, "SQLite \(error.extendedResultCode.rawValue), \(error.message ?? "no message")\(sql)")
  }
}
