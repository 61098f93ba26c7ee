public import Schema

/// The official units of Viet Nam: 34 provinces and 3,321 communes, by code and by name.
///
/// Source: Quyết định 19/2025/QĐ-TTg, in force from 1 July 2025, checked against two public lists. What changed after
/// that day is not in it. Ba Chẽ (Quảng Ninh) stands as 06970 in one list and as 06978 in the other.
public enum Units {
  public static let edition = Edition(
    effective: Day(number: 20_270),  // 2025-07-01
    decision: "19/2025/QĐ-TTg")

  /// All units, each province before its communes.
  public static let all: [OfficialUnit] = parse(String(decoding: PackageResources.units_csv, as: UTF8.self))

  /// Nil for a code that no unit has, or that stands under another province.
  public static subscript(unit: Unit) -> OfficialUnit? {
    byCode[unit.commune ?? unit.province].flatMap { $0.unit == unit ? $0 : nil }
  }

  /// The unit that people mean by a code (`38/15043`, `15043`, `38`) or by a name, with accents or without, with or
  /// without its kind and its province (`giao an`, `xã Giao An`, `giao an, thanh hoa`).
  public static func find(_ query: String) throws(UnitNotFound) -> OfficialUnit {
    if let unit = Unit(query), let found = self[unit] { return found }
    if let found = byCode[query] { return found }
    let candidates = named(query)
    guard candidates.count == 1 else { throw UnitNotFound(query: query, candidates: candidates) }
    return candidates[0]
  }

  private static func named(_ query: String) -> [OfficialUnit] {
    let parts = query.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var candidates = matches(parts[0])
    if parts.count == 2 {
      let provinces = Set(matches(parts[1]).filter { $0.unit.commune == nil }.map(\.unit))
      candidates = candidates.filter { $0.unit.commune != nil && provinces.contains($0.unit.provinceUnit) }
    }
    // Who typed accents means them: `Hòa An` is not `Hoa An`, but `hoa an` may be either.
    guard !parts[0].utf8.allSatisfy({ $0 < 0x80 }) else { return candidates }
    let spelled = candidates.filter { parts[0].lowercased().hasSuffix($0.name.lowercased()) }
    return spelled.isEmpty ? candidates : spelled
  }

  /// By name alone, or by kind and name; a name may itself begin like a kind, so both are tried.
  private static func matches(_ text: String) -> [OfficialUnit] {
    let words = text.folded
    var found = byName[words] ?? []
    for (prefix, kind) in kinds where words.hasPrefix(prefix) {
      found += (byName[String(words.dropFirst(prefix.count))] ?? []).filter { $0.kind == kind }
    }
    return found
  }

  private static let kinds: [(String, OfficialUnit.Kind)] =
    OfficialUnit.Kind.allCases.map { ("\($0.rawValue.folded) ", $0) } + [("tp ", .city)]

  /// Codes of both lengths in one table: two digits never equal five.
  private static let byCode: [String: OfficialUnit] = Dictionary(
    all.map { ($0.unit.commune ?? $0.unit.province, $0) }, uniquingKeysWith: { first, _ in first })

  private static let byName: [String: [OfficialUnit]] = Dictionary(grouping: all) { $0.name.folded }

  /// Lines of `code,name,kind,province_code,province_name`, none quoted. Any other line is left out: tests count them.
  static func parse(_ csv: String) -> [OfficialUnit] {
    csv.utf8.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
        String(Substring($0))
      }
      guard fields.count == 5, let kind = OfficialUnit.Kind(rawValue: fields[2]),
        let unit = Unit(fields[0] == fields[3] ? fields[0] : "\(fields[3])/\(fields[0])")
      else { return nil }
      return OfficialUnit(unit: unit, name: fields[1], kind: kind, provinceName: fields[4])
    }
  }
}
