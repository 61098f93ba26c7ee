import ArgumentParser
import Glibc
import Schema
import Units

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
    guard !(json && csv) else {
      throw ValidationError("Chỉ dùng một trong hai: --json hoặc --csv. (--json and --csv exclude each other.)")
    }
  }

  /// Opens a session and runs the body; what is refused or has to be put right becomes a sentence and an exit code.
  func session(_ body: (Session) async throws -> Void) async throws {
    do {
      try await Session.with(profile) { session in
        try await body(session)
        await session.follow(profile, lang)
      }
    } catch {
      throw Failure.tell(error, lang)
    }
  }

  /// Prints a table in the form that was asked for; `value` is what JSON shows.
  func show(_ table: Table, json value: some Encodable, _ care: Output.Care = .masked) {
    if json { Output.json(value, care) } else { show(table, care) }
  }

  /// As a table, or as CSV.
  func show(_ table: Table, _ care: Output.Care = .masked) {
    if csv {
      for line in table.csv(lang) { Output.data(line, care) }
    } else {
      for line in table.lines(lang) { Output.write(line, to: STDOUT_FILENO, care) }
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
    return try Self.find(unit)
  }

  /// The same; nil, the whole country, for an account that belongs to no unit and names none.
  func orCountry(_ session: Session) throws -> Unit? {
    unit == nil && session.home == nil ? nil : try resolve(session)
  }

  /// By code, or by name without accents.
  static func find(_ unit: String) throws -> Unit {
    do throws(UnitNotFound) {
      return try Units.find(unit).unit
    } catch {
      throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(64))
    }
  }
}

/// Where a thing is that is named by its number.
struct PlaceOptions: ParsableArguments {
  @Option(help: "Của kế hoạch này, khi số thứ tự trùng nhau. (Of this plan.)") var plan: PlanReference?
  @OptionGroup var unit: UnitOption

  func resolve(_ session: Session) async throws -> (unit: Unit, plan: Plan.ID?) {
    let unit = try unit.resolve(session)
    return (unit, try await plan?.resolve(session, in: unit))
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

  /// The same for a change that is shown with the names of offices.
  ///
  /// - Parameter plan: The plan that names them, and its unit.
  func make<Result: Encodable>(
    _ change: (Session, UUIDv7) async throws -> Result, namedBy plan: (Result) -> (Plan.ID, Unit),
    show table: (Result, OfficeNames) -> Table
  ) async throws {
    var offices = OfficeNames()
    try await make(
      { session, key in
        let result = try await change(session, key)
        offices = await session.offices(of: [plan(result)])
        return result
      }, show: { table($0, offices) })
  }
}

/// Of a command that changes what somebody else may be changing too.
struct VersionOption: ParsableArguments {
  @Option(help: "Bản đã xem; nếu đã khác thì không làm. (The version seen; another one is refused.)")
  var expecting: Int?

  /// A request says 0 for no version at all: it would be as good as not asked.
  func validate() throws {
    if let expecting, expecting < 1 {
      throw ValidationError("--expecting là số bản, từ 1. (--expecting names a version, from 1 on.)")
    }
  }
}
