/// As much of JSON Schema as the contract document uses. A keyword that it does not know is a fault, so that nothing
/// in the document goes unchecked.
struct JSONSchema {
  let document: JSON
  /// Every property that was met: `Office.code`.
  private(set) var met: Set<String> = []

  init(_ document: JSON) { self.document = document }

  /// What `#/a/b` points at.
  func resolve(_ reference: String) -> JSON? {
    reference.split(separator: "/").dropFirst().reduce(document as JSON?) { $0?[String($1)] }
  }

  /// The first place where a message is not as its schema says, or nil.
  ///
  /// - Parameter open: Whether fields that no schema names are let pass.
  mutating func fault(
    in json: JSON, by schema: JSON, named name: String = "", at place: String = "", open: Bool = false
  ) -> String? {
    guard let keywords = schema.fields else { return "\(place): the schema is not an object" }
    if let reference = keywords["$ref"]?.string {
      guard let target = resolve(reference) else { return "\(place): nothing at \(reference)" }
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return fault(in: json, by: target, named: name, at: place, open: open)
    }
    for (keyword, value) in keywords.sorted(by: { $0.key < $1.key }) {
      if let fault = fault(in: json, by: keyword, value, of: schema, named: name, at: place, open: open) {
        return fault
      }
    }
    return nil
  }

  private mutating func fault(
    in json: JSON, by keyword: String, _ value: JSON, of schema: JSON, named name: String, at place: String, open: Bool
  ) -> String? {
    let wrong = "\(place): \(keyword) \(value)"
    switch keyword {
    case "description": return nil
    case "type": return json.type == value.string ? nil : wrong
    case "enum": return value.elements?.contains(json) == true ? nil : wrong
    case "pattern":
      guard let pattern = value.string, let regex = try? Regex(pattern) else { return wrong }
      return json.string?.wholeMatch(of: regex) == nil ? wrong : nil
    case "maxLength":
      guard case .integer(let most) = value, let text = json.string else { return wrong }
      return text.unicodeScalars.count <= most ? nil : wrong
    case "minimum", "maximum":
      guard case .integer(let bound) = value, case .integer(let number) = json else { return wrong }
      return (keyword == "minimum" ? number >= bound : number <= bound) ? nil : wrong
    case "items":
      for (index, element) in (json.elements ?? []).enumerated() {
        if let fault = fault(in: element, by: value, at: "\(place)[\(index)]", open: open) { return fault }
      }
      return nil
    case "required":
      let missing = value.elements?.first { json[$0.string ?? ""] == nil }
      return missing.map { "\(place): \($0) is missing" }
    case "properties": return properties(of: json, by: value, named: name, at: place, open: open)
    case "additionalProperties": return value == .bool(false) ? nil : wrong
    case "oneOf":
      let faults = (value.elements ?? []).map { fault(in: json, by: $0, at: place, open: open) }
      return faults.count { $0 == nil } == 1 ? nil : wrong
    case "allOf":
      for part in value.elements ?? [] {
        if let fault = fault(in: json, by: part, at: place, open: true) { return fault }
      }
      return nil
    default: return "\(place): the keyword \(keyword) is not known"
    }
  }

  private mutating func properties(
    of json: JSON, by properties: JSON, named name: String, at place: String, open: Bool
  ) -> String? {
    for (key, value) in (json.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let schema = properties[key] else {
        if open { continue }
        return "\(place).\(key): not described"
      }
      met.insert("\(name).\(key)")
      if let fault = fault(in: value, by: schema, at: "\(place).\(key)") { return fault }
    }
    return nil
  }
}

extension JSON {
  fileprivate var type: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
