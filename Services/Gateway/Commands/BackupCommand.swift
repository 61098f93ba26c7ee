import ArgumentParser
import FoundationEssentials
import Schema
import Storage

/// `xaso backup`: a consistent copy of all stores while the stack runs.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Sao lưu mọi kho trong khi hệ thống chạy. (Back up all stores while it runs.)",
    discussion: """
      Các dịch vụ tự chép kho vào thư mục XASO_BACKUP; lệnh này chạy trên máy chủ, chuyển các bản sao vào DIR và ghi
      manifest.json. Khóa và sổ đăng ký khóa không nằm trong bản sao lưu. Each service copies its own store into XASO_BACKUP;
      this command runs on their host, moves the copies into DIR and writes manifest.json. Keys are not part of it.
      """, aliases: ["sao-luu"])

  @Argument(help: "Thư mục mới cho bản sao lưu. (The new folder.)", completion: .directory) var folder: String
  @Option(
    help: "Thư mục XASO_BACKUP của các dịch vụ; {service}: tên dịch vụ. (The services' XASO_BACKUP, {service} in it.)",
    completion: .directory)
  var from: String?
  @OptionGroup var directory: DirectoryOption
  @OptionGroup var options: Options

  func run() async throws {
    let named = from ?? ProcessInfo.processInfo.environment["XASO_BACKUP"]
    let outbox = named.flatMap { $0.isEmpty ? nil : $0 } ?? directory.installation.path("backups")
    try await options.session { session in
      let manifest = try await Backup(outbox: outbox, folder: folder).take(session) { service in
        Failure.complain(Text(vi: "đang chép \(service)…", en: "copying \(service)…")(options.lang))
      }
      options.show(ManifestTable.of(manifest), json: manifest)
    }
  }
}

/// The stores of a backup, a line each.
enum ManifestTable {
  static func of(_ manifest: Manifest) -> Table {
    var table = Table([
      .init(title: Text(vi: "Kho", en: "Store")),
      .init(title: Text(vi: "Lúc", en: "Taken")),
      .init(title: Text(vi: "KiB", en: "KiB"), isNumber: true),
      .init(title: Text(vi: "Sự kiện", en: "Events"), isNumber: true),
      .init(title: Text(vi: "Dòng nhật ký", en: "Audit rows"), isNumber: true),
      .init(title: Text(vi: "Đã đọc", en: "Has read")),
    ])
    for copy in manifest.stores {
      let read = copy.streams.map { "\($0.stream) \($0.sequence)" }
      table.add(
        "\(copy.service)", "\(copy.taken)", Table.Cell(copy.bytes / 1024), Table.Cell(copy.head),
        Table.Cell(copy.audits), "\(read.joined(separator: ", "))")
    }
    return table
  }
}
