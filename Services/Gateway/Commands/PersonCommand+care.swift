import ArgumentParser
import Bus
import Schema

/// What is done with care: numbers in clear, erasing, and two that may be one.
extension PersonCommand {
  struct Number: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đọc số định danh của một người; được ghi nhật ký cùng lý do. (Read a number; it is audited.)",
      aliases: ["doc-so"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "Lý do, như số hồ sơ. (The reason.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = ReadNumber(person: person, reason: reason)
        let read = try await session.ask(request, in: try unit.resolve(session)).value
        var table = Table([.init(title: Text(vi: "Số định danh", en: "Personal number"))])
        table.add("\(read.number)")
        options.show(table, json: read, .inClear)
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mọi dữ liệu về một người, để trả cho chính người đó (JSON). (All that is held of a person.)",
      aliases: ["xuat"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "Lý do, như số yêu cầu. (The reason.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = ExportPerson(person: person, reason: reason)
        let export = try await session.ask(request, in: try unit.resolve(session)).value
        Output.json(export, .inClear)
      }
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Xóa mọi dữ liệu về một người. (Erase all that is held of a person.)", aliases: ["xoa"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "Lý do, như số yêu cầu. (The reason.)") var reason: String
    @OptionGroup var version: VersionOption
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = ErasePerson(person: person, reason: reason)
          return try await session.ask(
            request, in: try unit.resolve(session), key: key, expecting: version.expecting
          ).value
        },
        show: { (_: Done) in
          var table = Table([.init(title: Text(vi: "Kết quả", en: "Result"))])
          table.add("\(Text(vi: "đã xóa", en: "erased")(change.options.lang))")
          return table
        })
    }
  }

  struct Purge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Xóa người đã rời đi quá thời hạn lưu. (Erase those who left longer ago than they are kept.)",
      aliases: ["don"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          var (total, part, step) = (0, PurgeRegister.limit, UInt64(0))
          while part == PurgeRegister.limit {
            // All keys are made of the first one.
            let key = UUIDv7(high: key.high, low: key.low &+ step)
            part = try await session.ask(PurgeRegister(), in: unit, key: key).value.erased
            (total, step) = (total + part, step + 1)
          }
          return Purged(erased: total)
        },
        show: { purged in
          var table = Table([.init(title: Text(vi: "Đã xóa", en: "Erased"), isNumber: true)])
          table.add(Table.Cell(purged.erased))
          return table
        })
    }
  }

  struct Duplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các trường hợp nghi trùng đang chờ quyết định. (Duplicates that wait to be decided.)",
      aliases: ["trung"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let duplicates: [Duplicate] = try await session.all(in: try unit.resolve(session)) {
          ListDuplicates(after: $0)
        }
        var table = Table([
          .init(title: Text(vi: "Người", en: "Person")), .init(title: Text(vi: "Với", en: "Other")),
          .init(title: Text(vi: "Vì sao", en: "Why"), isLong: true),
        ])
        for duplicate in duplicates {
          let why =
            duplicate.kind == .number
            ? Text(vi: "một số, hai tên hoặc ngày sinh", en: "one number, two names or births")
            : Text(vi: "hai số, cùng tên và ngày sinh", en: "two numbers, one name and birth")
          table.add("\(duplicate.person)", "\(duplicate.other)", "\(why(options.lang))")
        }
        options.show(table, json: duplicates)
      }
    }
  }

  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Quyết định một trường hợp nghi trùng. (Decide a duplicate.)", aliases: ["quyet-dinh"])

    @Argument(help: "Mã được giữ. (The one that stays.)") var person: Person.Reference
    @Argument(help: "Mã kia. (The other.)") var other: Person.Reference
    @Flag(help: "Là một người; không có cờ này: là hai người. (Both are one.)") var same = false
    @Option(help: "Lý do. (The reason.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = DecideDuplicate(person: person, other: other, isSame: same, reason: reason)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { PersonTable.of([$0], change.options.lang) })
    }
  }
}
