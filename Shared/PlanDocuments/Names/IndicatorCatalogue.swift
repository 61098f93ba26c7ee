public import Schema

/// Chỉ tiêu that many communes promise, under one code each, with the names that offices give them.
///
/// Merged from the plans of five communes where they mean the same thing. Data, not code: another list is another file.
public struct IndicatorCatalogue: Sendable {
  public typealias Entry = Indicator.Definition

  public static let standard = IndicatorCatalogue(csv: String(decoding: PackageResources.indicators_csv, as: UTF8.self))

  public let entries: [Entry]
  private let index: NameIndex
  /// By each name of an entry, folded.
  private let byName: [String: Entry]
  /// By code.
  private let byCode: [Slug: Entry]

  /// Lines of the columns that the first line names. One that is no whole definition is left out: tests count them.
  init(csv: String) {
    entries = CatalogueRow.rows(of: csv, columns: 17).compactMap(Entry.init(columns:))
    index = NameIndex(entries.map(\.names))
    byName = Dictionary(
      entries.flatMap { entry in entry.names.map { ($0.folded, entry) } }, uniquingKeysWith: { first, _ in first })
    byCode = Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(code: Slug) -> Entry? { byCode[code] }

  /// The entry that is called exactly so, whatever the accents and capitals.
  public func entry(called name: String) -> Entry? { byName[name.folded] }

  public func match(_ name: String) -> NameMatch<Entry> { NameMatch(index.hits(for: name), among: entries) }
}

extension Indicator.Definition {
  /// Nil where a word is unknown, and where its parts contradict each other.
  fileprivate init?(columns: [String]) {
    func text(_ vi: Int, _ en: Int) -> Text? { columns[vi].isEmpty ? nil : Text(vi: columns[vi], en: columns[en]) }
    guard let code = Slug(columns[0]), let name = text(1, 2), ["up", "down"].contains(columns[4]),
      let kind = Indicator.Kind(rawValue: columns[6]), let overTime = Indicator.OverTime(rawValue: columns[11]),
      let overUnits = Indicator.OverUnits(rawValue: columns[12]), let owner = Indicator.Level(rawValue: columns[15])
    else { return nil }
    self.init(
      code: code, name: name, unit: columns[3].isEmpty ? nil : columns[3], moreIsBetter: columns[4] == "up",
      aliases: CatalogueRow.aliases(columns[5]), kind: kind, numerator: text(7, 8), denominator: text(9, 10),
      overTime: overTime, overUnits: overUnits, evidence: text(13, 14), owner: owner, edition: columns[16])
    do throws(Refusal) { try check() } catch { return nil }
  }
}

/// Lines of a catalogue: columns parted by `;`, none quoted, the first line their titles.
enum CatalogueRow {
  static func rows(of csv: String, columns: Int) -> [[String]] {
    csv.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      return fields.count == columns ? fields : nil
    }
  }

  static func aliases(_ field: String) -> [String] { field.split(separator: "|").map(String.init) }
}
