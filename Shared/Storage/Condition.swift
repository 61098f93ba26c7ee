public import Schema

/// What a WHERE asks for: parts that all must hold, with their values in order.
///
/// A unit is two columns, `province` and `commune`; the province's own rows have the commune `00000`, as in topics.
public struct Condition {
  private var parts: [String] = []
  public private(set) var values: [any Storable] = []

  public init() {}

  /// After WHERE.
  public var sql: String { parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ") }

  public mutating func add(_ part: String, _ values: any Storable...) { add(part, values: values) }

  public mutating func add(_ part: String, values: [any Storable]) {
    parts.append(part)
    self.values += values
  }

  /// The unit's own rows and, for a province, those of its communes.
  ///
  /// - Parameter table: The columns' table, where there are several.
  public static func within(_ unit: Unit, of table: String) -> Condition {
    var condition = Condition()
    condition.add("\(table).province = ?", unit.province)
    if let commune = unit.commune { condition.add("\(table).commune = ?", commune) }
    return condition
  }
}

extension Unit {
  /// The column `commune`: five digits, `00000` for a province's own rows.
  public var communeColumn: String { commune ?? "00000" }

  /// The unit of a row with the columns `province` and `commune`.
  public init(_ row: Row) throws(StorageError) {
    let province: String = try row["province"]
    let commune: String = try row["commune"]
    guard let unit = Unit(commune == "00000" ? province : "\(province)/\(commune)") else {
      throw StorageError(.corrupt, "not a unit: \(province)/\(commune)")
    }
    self = unit
  }
}
