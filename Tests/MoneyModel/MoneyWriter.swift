public import Schema
public import Seeds

/// One of many who enter at once, and ask for whatever comes to their mind, sensible or not.
public struct MoneyWriter: Sendable {
  public enum Wish: Sendable {
    case book(BookMoney)
    case move(MoveMoney)
    case reverse(ReverseEntry)
  }

  private var seed: Seed
  private let lines: [BudgetLine.ID]
  private let days: ClosedRange<Day>

  public init(_ seed: Seed, on lines: [BudgetLine.ID], days: ClosedRange<Day>) {
    self.seed = seed
    self.lines = lines
    self.days = days
  }

  /// What is asked for next. What it leaves in a ledger names the key, in its document, its reference or its reason.
  ///
  /// - Parameter entries: Some entries of a line, for one to be taken back.
  public mutating func next(
    _ key: UUIDv7, entries: (BudgetLine.ID) async throws -> [BudgetEntry]
  ) async throws -> Wish? {
    guard let line = lines.randomElement(using: &seed), let other = lines.randomElement(using: &seed),
      let document = DocumentNumber("\(Self.mark)\(key)")
    else { return nil }
    let amount = Money(dong: Int.random(in: 0...20, using: &seed) == 0 ? .max : .random(in: -1...1000, using: &seed))
    let day = Day(number: .random(in: days.lowerBound.number...days.upperBound.number, using: &seed))
    switch Int.random(in: 0...9, using: &seed) {
    case 0...6:
      let phase = Self.phases.randomElement(using: &seed) ?? .approve
      let isDecided = [.approve, .allocate, .settle].contains(phase)
      // Now and then the same paper comes twice.
      let reference = Int.random(in: 0...19, using: &seed) == 0 ? "UNC 07" : "\(key)"
      return .book(
        BookMoney(
          line: line, phase: Open(phase), amount: amount, day: day, document: isDecided ? document : nil,
          issuer: [.approve, .settle].contains(phase) ? Open(.council) : nil, reference: isDecided ? nil : reference))
    case 7...8:
      let stage: MoveMoney.Stage = Bool.random(using: &seed) ? .approved : .allocated
      let from = Int.random(in: 0...3, using: &seed) == 0 ? nil : line
      return .move(
        MoveMoney(
          from: from, to: other, stage: Open(stage), amount: amount, day: day, document: document,
          issuer: Open(.committee)))
    default:
      guard let entry = try await entries(line).randomElement(using: &seed) else { return nil }
      return .reverse(
        ReverseEntry(line: line, entry: entry.id, reason: "\(key)", document: document, day: days.upperBound))
    }
  }

  private static let phases: [BudgetEntry.Phase] = [
    .approve, .approve, .allocate, .allocate, .commit, .advance, .disburse, .disburse, .recover, .settle,
  ]
  /// What the number of a document begins with.
  private static let mark = "1/"
}

extension BudgetEntry {
  /// The key of the wish that it came from; nil for the paper that comes twice.
  public var wish: UUIDv7? {
    note.flatMap { UUIDv7($0) } ?? document.flatMap { UUIDv7(String($0.description.dropFirst(2))) }
      ?? reference.flatMap { UUIDv7($0) }
  }
}
