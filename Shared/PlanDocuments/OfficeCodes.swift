import Schema

/// The offices that a plan declares; what its rows name must be among them.
struct OfficeCodes {
  private let codes: [Office.Code]

  init(_ offices: [Office]) { codes = offices.map(\.code) }

  func known(_ text: String) throws(PlanProblem.Reason) -> Office.Code {
    let code = try Office.Code(written: text)
    // Where none could be read, that is told once, not for each row.
    guard codes.isEmpty || codes.contains(code) else {
      throw .unknownOffice(text, known: codes.map(\.description))
    }
    return code
  }
}
