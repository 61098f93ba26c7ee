/// One row of an answer: columns by name, typed when they are read.
///
///     let due: Day? = try row["due"]
public struct Row: Hashable, Sendable {
  /// Shared by all rows of one answer.
  let columns: [String]
  let values: [Value]

  /// The column's value as the type that is asked for.
  ///
  /// Throws `StorageError` when there is no such column, or when it holds something else: the SQL and the code that reads
  /// it do not fit.
  @inlinable public subscript<T: Storable>(_ column: String) -> T {
    get throws(StorageError) {
      guard let value = T(stored: try stored(in: column)) else { throw mismatch(column, T.self) }
      return value
    }
  }

  @usableFromInline func stored(in column: String) throws(StorageError) -> Value {
    guard let index = columns.firstIndex(of: column) else {
      throw StorageError(.failed, "no column \(column) among \(columns.joined(separator: ", "))")
    }
    return values[index]
  }

  @usableFromInline func mismatch(_ column: String, _ type: Any.Type) -> StorageError {
    StorageError(.failed, "the column \(column) does not hold a \(type)")
  }

  /// About what it takes as JSON.
  var bytes: Int {
    values.reduce(0) { sum, value in
      switch value {
      case .null, .integer: sum + 16
      case .text(let text): sum + text.utf8.count
      case .blob(let data): sum + 2 * data.count
      }
    }
  }
}
