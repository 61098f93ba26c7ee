import ArgumentParser

/// `xaso setup`: keys, registry and the first administrator of an installation of several users or containers.
struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Tạo khóa, sổ đăng ký và quản trị đầu tiên, nếu chưa có. (Make keys, registry, first administrator.)",
    discussion: """
      Chạy lại bao nhiêu lần cũng được: khóa đã có thì giữ nguyên.
      It may be run again at any time: keys that are there stay.
      """)

  @Option(help: "Thư mục cài đặt. (The installation's folder.)") var dir = "/etc/xaso"
  @Flag(help: "Mọi dịch vụ ở trên máy này. (All processes are on this machine, not each on a host of its name.)")
  var loopback = false

  func run() throws {
    try Groundwork(dir).lay(at: loopback ? .loopback : .named)
    print("Đã sẵn sàng: \(dir) (ready)")
  }
}
