public import ArgumentParser
import FoundationEssentials
import PlanDocuments
public import Schema
import Units

extension Language: ExpressibleByArgument {}
extension UUIDv7: ExpressibleByArgument {}
extension Day: ExpressibleByArgument {
  /// As offices write it, or as ISO 8601 does: `14/11/2025`, `2025-11-14`.
  public init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Int($0) }
    if parts.count == 3, let day = Day(parts[2], parts[1], parts[0]) {
      self = day
    } else {
      self.init(argument)
    }
  }
}
extension DocumentNumber: ExpressibleByArgument {}
extension Period: ExpressibleByArgument {}
extension Indicator.Standing: ExpressibleByArgument {}
extension Figure: ExpressibleByArgument {
  /// As offices write it: `85/100`, `1.250`; never a percentage.
  public init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { part in
      let groups = part.split(separator: ".", omittingEmptySubsequences: false)
      let isGrouped =
        groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
      return isGrouped ? Int64(groups.joined()) : nil
    }
    guard (1...2).contains(numbers.count), let numerator = numbers[0] else { return nil }
    if numbers.count == 2, numbers[1] == nil { return nil }
    self.init(numerator, of: numbers.count == 2 ? numbers[1] : nil)
  }
}
extension Slug: ExpressibleByArgument {}
extension Identifier: ExpressibleByArgument {}
extension Identity.Key: ExpressibleByArgument {}
extension Office.Kind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}

/// What every command that asks the front door takes.
struct Options: ParsableArguments {
  @Option(help: "Hồ sơ kết nối (mặc định: XASO_PROFILE). (The connection profile.)")
  var profile: String = Profile.defaultPath

  @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)")
  var lang: Language = .vietnamese

  @Flag(help: "In JSON cho chương trình khác. (Print JSON.)")
  var json = false

  @Flag(help: "In CSV cho bảng tính. (Print CSV.)")
  var csv = false

  func validate() throws {
    guard !(json && csv) else { throw ValidationError("--json and --csv exclude each other") }
  }

  /// Opens a session and runs the body; what is refused or has to be put right becomes a sentence and an exit code.
  func session(_ body: (Session) async throws -> Void) async throws {
    do {
      try await Session.with(profile) { session in
        try await body(session)
        await session.follow(profile, lang)
      }
    } catch let refusal as Refusal {
      throw Failure.report(refusal, key: nil, lang)
    } catch let complaint as Complaint {
      Failure.complain(complaint.text(lang))
      throw complaint.code
    }
  }

  /// Prints a table in the form that was asked for; `value` is what JSON shows.
  func show(_ table: Table, json value: some Encodable) {
    if json {
      print(String(decoding: Codec.encode(value), as: UTF8.self))
    } else {
      for line in csv ? table.csv(lang) : table.lines(lang) { print(line) }
    }
  }

}

/// Money as people write it: `40 triệu`, `1,5 tỷ`, `40.000.000`.
struct Amount: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  func resolve() throws -> Money {
    do throws(PlanProblem.Reason) {
      return try Money(written: text)
    } catch {
      throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(65))
    }
  }
}

/// Which unit a command is about.
struct UnitOption: ParsableArguments {
  @Option(help: "Đơn vị: mã hoặc tên không dấu (mặc định: của hồ sơ). (The unit: code or name.)")
  var unit: String?

  /// By code, or by name without accents; the profile's own where none is named.
  func resolve(_ session: Session) throws -> Unit {
    guard let unit else {
      guard let home = session.home else {
        throw Complaint(vi: "Hãy nêu đơn vị bằng --unit.", en: "Name the unit with --unit.", code: ExitCode(64))
      }
      return home
    }
    do throws(UnitNotFound) {
      return try Units.find(unit).unit
    } catch {
      throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(64))
    }
  }
}

/// What every command that changes something takes.
struct ChangeOptions: ParsableArguments {
  @OptionGroup var options: Options

  @Option(help: "Chạy lại lệnh trước bằng đúng khóa của nó. (Run an earlier command again under its key.)")
  var key: UUIDv7?

  /// Runs the change under the given key or a new one, says which when the outcome is not known, and shows the result.
  func make<Result: Encodable>(
    _ change: (Session, UUIDv7) async throws -> Result, show table: (Result) -> Table
  ) async throws {
    try await options.session { session in
      let key = key ?? UUIDv7()
      do {
        let result = try await change(session, key)
        options.show(table(result), json: result)
      } catch let refusal as Refusal {
        throw Failure.report(refusal, key: key, options.lang)
      }
    }
  }
}

/// Of a command that changes what somebody else may be changing too.
struct VersionOption: ParsableArguments {
  @Option(help: "Bản đã xem; nếu đã khác thì không làm. (The version seen; another one is refused.)")
  var expecting: Int?
}
