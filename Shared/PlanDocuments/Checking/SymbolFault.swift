import Schema

/// What is wrong with a document's number and symbol, as its issuer would see it.
enum SymbolFault {
  /// A State body's with the hyphen of the Party, `03-NQ/CP`.
  case partyForm
  /// A Party body's with the slash of the State, `57/NQ-TW`.
  case stateForm
  /// The letters say another kind than the words: Nghị quyết, but `QĐ`.
  case otherKind(String)

  /// Nil where nothing is wrong with it.
  init?(_ number: DocumentNumber, kind: String) {
    let text = number.description
    let letters = text.split { "/-".contains($0) }.dropFirst().filter { !$0.allSatisfy(\.isDigit) }
    guard let first = letters.first, let last = letters.last, letters.count >= 2 else { return nil }
    // Committees of either side are called BCĐ, so nothing is told of them.
    let isPartyForm = text.drop(while: \.isDigit).first == "-"
    if isPartyForm, Self.state.contains(String(last)) {
      self = .partyForm
    } else if !isPartyForm, Self.party.contains(String(last)), Self.kinds.keys.contains(String(first)) {
      self = .stateForm
    } else if let names = Self.kinds[String(first)], Self.isKnown(kind), !names.contains(where: kind.folded.hasPrefix) {
      self = .otherKind(names[0])
    } else {
      return nil
    }
  }

  var text: Text {
    switch self {
    case .partyForm:
      Text(vi: "viết theo lối của Đảng, nhưng là của cơ quan nhà nước", en: "has the Party's form, but is the State's")
    case .stateForm:
      Text(vi: "viết theo lối của cơ quan nhà nước, nhưng là của Đảng", en: "has the State's form, but is the Party's")
    case .otherKind(let kind): Text(vi: "là của loại khác (\(kind))", en: "belongs to another kind (\(kind))")
    }
  }

  /// Kinds that have no letters of their own, or carry a name instead (`Chương trình phát triển …`), tell nothing.
  private static func isKnown(_ kind: String) -> Bool {
    let folded = kind.folded
    return kinds.values.contains { $0.contains { folded.hasPrefix($0) } }
  }

  private static let state: Set<String> = ["CP", "TTg", "UBND", "HĐND", "BKHCN", "BTC", "BNV", "BCA", "QH"]
  private static let party: Set<String> = ["TW", "TU", "ĐU", "HU", "BCĐTW", "TGV"]

  /// Appendix III of Decree 30/2020/NĐ-CP, folded; the Party uses the same letters.
  private static let kinds: [String: [String]] = [
    "NQ": ["nghi quyet"], "NĐ": ["nghi dinh"], "QĐ": ["quyet dinh"], "CT": ["chi thi"], "KH": ["ke hoach"],
    "CTr": ["chuong trinh"], "TB": ["thong bao"], "TT": ["thong tu"], "BC": ["bao cao"], "TTr": ["to trinh"],
    "HD": ["huong dan"], "ĐA": ["de an"],
  ]
}
