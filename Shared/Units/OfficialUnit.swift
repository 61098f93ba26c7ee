public import Schema

/// A province or a commune-level unit, as the decision names it.
public struct OfficialUnit: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case commune = "xã"
    case ward = "phường"
    case specialZone = "đặc khu"
    case province = "tỉnh"
    case city = "thành phố"
  }

  public let unit: Unit
  /// Without its kind: `Giao An`.
  public let name: String
  public let kind: Kind
  /// The province it belongs to; a province's own name.
  public let provinceName: String

  public init(unit: Unit, name: String, kind: Kind, provinceName: String) {
    self.unit = unit
    self.name = name
    self.kind = kind
    self.provinceName = provinceName
  }

  /// As people say it: `xã Giao An, Thanh Hóa`.
  public var fullName: String {
    unit.commune == nil ? "\(kind.rawValue) \(name)" : "\(kind.rawValue) \(name), \(provinceName)"
  }
}
