import Schema

extension Pillar {
  /// The pillar as plans print it, in a column or as the name of a group; nil where it is none, or several.
  init?(printed text: String) {
    let folded = " " + text.folded + " "
    let named = Self.words.filter { words, _ in words.contains { folded.contains(" \($0) ") } }
    guard named.count == 1 else { return nil }
    self = named[0].1
  }

  private static let words: [([String], Pillar)] = [
    (["chinh quyen so", "chinh phu so"], .government), (["kinh te so"], .economy),
    (["xa hoi so", "cong dan so"], .society), (["ha tang"], .infrastructure), (["du lieu"], .data),
    (["nhan luc", "ky nang so"], .people),
    (["an toan thong tin", "an ninh mang"], .security),
    (["khoa hoc", "doi moi sang tao"], .innovation),
  ]
}
