import ArgumentParser
import FoundationEssentials
import Schema
import Yams

/// What a commune's offices enter in one quarter, and who they are: figures that are made up, in the words that the
/// commands take.
///
/// ```yaml
/// unit: 38/15043
/// quarter: 2026-Q1
/// people:                          # who joins; a name where the plan has no such office
///   - {office: kt, roles: [finance, entry]}
/// accepted:                        # errors that the chair lets stand, and why
///   - {checks: [P1], reason: Hai cách tính khác nhau}
/// progress:
///   - {task: 1.1, percent: 25}
/// figures:
///   - {target: 2.3, figure: 900/1.100}
/// allocations:
///   - {task: 1.1, amount: 40 triệu, document: 03/QĐ-UBND, day: 15/01/2026}
/// payments:
///   - {task: 1.1, amount: 10 triệu, reference: GA-001, day: 31/03/2026}
/// year:                            # one that is over, of lines that no plan has
///   fiscal: 2025
///   lines:
///     - {number: N.1, name: Thuê đường truyền, lead: vp, amount: 40 triệu, source: xã, document: 11/NQ-HĐND,
///        issuer: HĐND, day: 20/12/2024}
///   entries:
///     - {line: N.1, phase: giao dự toán, amount: 40 triệu, document: 11/NQ-HĐND, issuer: HĐND, day: 20/12/2024}
///     - {from: N.2, to: N.1, amount: 6 triệu, document: 57/QĐ-UBND, issuer: UBND, day: 16/06/2025}
///   closing: {document: 12/QĐ-UBND, day: 02/02/2026}
/// villages:
///   - code: thon-1
///     name: Thôn 1
///     counts:
///       - {month: 2026-M03, adults: 640, issued: 610, activated: 560, signatures: 210}
/// ```
struct Quarter: Decodable {
  struct Person: Decodable {
    var office: Office.Code
    var name: String?
    var roles: [Role]
  }

  struct Progress: Decodable {
    /// The task's number in the plan; likewise below.
    var task: String
    var percent: Int
  }

  struct Reading: Decodable {
    /// The target's number in the plan.
    var target: String
    @Typed var figure: WrittenFigure
  }

  struct Approval: Decodable {
    var task: String
    @Typed var amount: Amount
    var document: DocumentNumber
    @Typed var issuer: IssuerWord
    @Typed var day: Day
  }

  struct Allocation: Decodable {
    var task: String
    @Typed var amount: Amount
    var document: DocumentNumber
    @Typed var day: Day
  }

  struct Payment: Decodable {
    var task: String
    @Typed var amount: Amount
    var reference: String
    @Typed var day: Day
  }

  /// A fiscal year that is over, from its estimates to its settlement.
  struct Year: Decodable {
    struct Line: Decodable {
      var number: String
      var name: String
      var lead: Office.Code
      @Typed var amount: Amount
      @Typed var source: SourceWord
      var document: DocumentNumber
      @Typed var issuer: IssuerWord
      @Typed var day: Day
    }

    /// On one line, with a phase; or between two, from one or into one.
    struct Entry: Decodable {
      var line: String?
      var phase: Typed<PhaseWord>?
      var from: String?
      var to: String?
      @Typed var amount: Amount
      @Typed var day: Day
      var document: DocumentNumber?
      var issuer: Typed<IssuerWord>?
      var reference: String?
    }

    struct Closing: Decodable {
      var document: DocumentNumber
      @Typed var day: Day
    }

    var fiscal: Int
    var lines: [Line]
    var entries: [Entry]
    var closing: Closing
  }

  struct Village: Decodable {
    var code: Office.Code
    var name: String
    /// Empty for one that reports nothing.
    var counts: [Count]
  }

  struct Count: Decodable {
    var month: Period
    var counts: EnrolmentCounts

    private enum CodingKeys: CodingKey { case month }

    init(from decoder: any Decoder) throws {
      month = try decoder.container(keyedBy: CodingKeys.self).decode(Period.self, forKey: .month)
      counts = try EnrolmentCounts(from: decoder)
    }
  }

  var unit: Unit
  var quarter: Period
  var people: [Person]
  var accepted: [Acceptance]?
  var progress: [Progress]
  var figures: [Reading]
  /// Absent where none is played.
  var year: Year?
  /// Nothing is allocated that was not approved before; absent where nothing was.
  var approvals: [Approval]?
  var allocations: [Allocation]
  /// One that is more than what is left is refused.
  var payments: [Payment]
  var villages: [Village]

  /// The month that its counts of Đề án 06 are compared by.
  var lastMonth: Period? {
    let end = quarter.days.upperBound.components
    return Period(.plain, end.year, .month(end.month))
  }

  static func read(_ path: String) throws -> Quarter {
    do {
      return try YAMLDecoder().decode(Quarter.self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw Complaint(
        vi: "Không đọc được số liệu quý ở \(path): \(error)", en: "The figures of \(path) cannot be read: \(error)",
        code: ExitCode(65))
    }
  }
}

/// A value of a file in the words that a command's argument has.
@propertyWrapper struct Typed<Value: ExpressibleByArgument>: Decodable {
  var wrappedValue: Value

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Value(argument: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(Value.self): \(text)")
    }
    wrappedValue = value
  }
}

extension Typed: Sendable where Value: Sendable {}
