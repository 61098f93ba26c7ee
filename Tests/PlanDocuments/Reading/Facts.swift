import Foundation

/// What a careful reader took from a document: the form of `facts/*.json`.
struct Facts: Decodable {
  struct Plan: Decodable {
    let number: String?
    let issued_on: String?
    let year: Int
    let title: String
    let issuer: String
  }

  struct Basis: Decodable {
    let number: String?
    let kind: String
    let date: String?
    let issuer: String?
    let parent_plan: Bool
    /// `căn cứ`, or `viện dẫn` for what the text only cites.
    let role: String?
    /// Another way in which the document prints the number.
    let number_raw: String?
  }

  struct Row: Decodable {
    let place: String
    let no: String?
    let name: String
    // Of targets
    let unit: String?
    let comparator: String?
    let target: Double?
    let deadline: String?
    // Of tasks
    let expected: String?
    let time_raw: String?
    let start: String?
    let due: String?
    let recurrence: String?
    let cost_vnd: Int64?
    let source: String?
    let reference: String?
    // Of both
    let lead: [String]
    let coordinating: [String]

    /// A row of an appendix, not of the body.
    var isInTable: Bool { place.hasPrefix("Phụ lục") }
  }

  struct Result: Decodable {
    let name: String
    let value: Double
    let unit: String?
  }

  struct Budget: Decodable {
    let declared_total_vnd: Int64?
    let computed_total_vnd: Int64?
  }

  let plan: Plan
  let legal_bases: [Basis]
  let recipients: [String]
  let objectives: [Row]
  let indicators: [Row]
  let tasks: [Row]
  let results: [Result]
  let budget: Budget
}

/// Real plans that are not part of the project: a folder with `text/` and `facts/`, named by `XASO_PLANS`.
enum RealPlans {
  static var folder: URL? { ProcessInfo.processInfo.environment["XASO_PLANS"].map { URL(filePath: $0) } }

  static var names: [String] {
    let files = folder.flatMap {
      try? FileManager.default.contentsOfDirectory(atPath: $0.appending(path: "facts").path)
    }
    return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder!.appending(path: "text/\(name).txt"), encoding: .utf8)
  }

  static func facts(_ name: String) throws -> Facts {
    try JSONDecoder().decode(Facts.self, from: Data(contentsOf: folder!.appending(path: "facts/\(name).json")))
  }
}
