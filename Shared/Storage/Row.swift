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
  public subscript<T: Storable>(_ column: String) -> T {
    get throws(StorageError) {
      guard let index = columns.firstIndex(of: column) else {
        throw StorageError(.failed, "no column \(column) among \(columns.joined(separator: ", "))")
      }
      guard let value = T(stored: values[index]) else {
        throw StorageError(.failed, "the column \(column) does not hold a \(T.self)")
      }
      return value
    }
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
