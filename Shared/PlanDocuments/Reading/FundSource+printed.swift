import Schema

extension FundSource {
  /// The source as plans print it; two levels make it several.
  init(printed text: String) {
    let folded = " " + text.folded + " "
    let levels: [(String, FundSource)] = [
      (" trung uong ", .central), (" tinh ", .province), (" thanh pho ", .province), (" xa ", .commune),
      (" phuong ", .commune),
      (" muc tieu ", .programme), (" long ghep ", .blended), (" xa hoi hoa ", .socialised),
      (" doanh nghiep ", .enterprise),
    ]
    let without = folded.replacing(" xa hoi hoa ", with: " ")
    let named = levels.filter { $0.1 == .commune ? without.contains($0.0) : folded.contains($0.0) }.map(\.1)
    switch Set(named).count {
    case 1: self = named[0]
    case 0:
      self =
        folded.contains(" nha nuoc ") || folded.contains(" nsnn ") || folded.contains(" phan cap ") ? .state : .other
    default: self = .several
    }
  }
}
