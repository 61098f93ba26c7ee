import PlanDocuments
import Schema

/// What may be added to the catalogue, and what a province may make of it. No I/O.
enum CatalogueRules {
  /// Throws unless a unit may define it so: no code and no name means two things.
  ///
  /// - Parameters:
  ///   - before: What the unit has under the code.
  ///   - above: What its province has under it.
  ///   - catalogue: The unit's.
  static func check(
    _ definition: Indicator.Definition, before: DefinedIndicator?, above: DefinedIndicator? = nil,
    in catalogue: UnitCatalogue
  ) throws(Refusal) {
    try definition.check()
    if let code = before?.adoptedAs {
      throw Refusal(
        .conflict, vi: "Tỉnh đã đưa chỉ tiêu này vào danh mục với mã «\(code)»; muốn sửa hãy đề nghị tỉnh.",
        en: "The province has taken it into its catalogue as “\(code)”; ask the province to change it.",
        at: "definition.code")
    }
    guard IndicatorCatalogue.standard[definition.code] == nil, above == nil else {
      throw Refusal(
        .conflict, vi: "Mã «\(definition.code)» đã có trong danh mục dùng chung; hãy chọn mã khác.",
        en: "The shared catalogue has “\(definition.code)” already; choose another code.", at: "definition.code")
    }
    try checkNames(of: definition, in: catalogue)
  }

  /// What the province keeps of a commune's, under the province's edition.
  ///
  /// - Parameters:
  ///   - other: The one that it is to be another name of.
  ///   - own: What the province has under its code.
  ///   - catalogue: The province's.
  static func adopted(
    _ defined: DefinedIndicator, by request: AdoptIndicator, into other: Indicator.Definition?,
    own: DefinedIndicator?, in catalogue: UnitCatalogue
  ) throws(Refusal) -> Indicator.Definition {
    var definition = defined.definition
    if let code = defined.adoptedAs {
      throw Refusal(
        .conflict, vi: "Chỉ tiêu này đã vào danh mục của tỉnh với mã «\(code)».",
        en: "It is in the province's catalogue already, as “\(code)”.", at: "code")
    }
    try request.edition.check(atMost: 200, at: "edition")
    guard let other else {
      guard own == nil else {
        throw Refusal(
          .conflict,
          vi: "Tỉnh đã có mã «\(definition.code)»; nếu là một thì gộp vào mã ấy, nếu không hãy đề nghị xã đổi mã.",
          en: "The province has “\(definition.code)”; merge it into that one, or have the commune choose another code.",
          at: "code")
      }
      try checkNames(of: definition, in: catalogue)
      definition.edition = request.edition
      return definition
    }
    guard definition.kind == other.kind, definition.unit?.folded == other.unit?.folded else {
      throw Refusal(
        .invalid,
        vi: "«\(definition.name.vi)» khác loại hoặc khác đơn vị tính với «\(other.name.vi)» nên không gộp được.",
        en: "“\(definition.name.vi)” is not of the kind and the measure of “\(other.name.vi)”: they are not one.",
        at: "into")
    }
    try checkNames(of: definition, in: catalogue, besides: other.code)
    return definition
  }

  private static func checkNames(
    of definition: Indicator.Definition, in catalogue: UnitCatalogue, besides code: Slug? = nil
  ) throws(Refusal) {
    for name in definition.names {
      guard let other = catalogue.definition(called: name), other.code != definition.code, other.code != code else {
        continue
      }
      throw Refusal(
        .conflict, vi: "«\(name)» đã có trong danh mục với mã «\(other.code)».",
        en: "“\(name)” is in the catalogue already, as “\(other.code)”.", at: "definition.name")
    }
  }
}
