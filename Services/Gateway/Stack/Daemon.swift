import FoundationEssentials
import Glibc
import Schema
import Service

/// One process of the stack, in the background; known by its number and the moment it started, so that a number that
/// was given to another process is never mistaken for it.
struct Daemon {
  let name: String
  private let pidFile: String
  private let logFile: String

  init(_ name: String, in installation: Installation) {
    self.name = name
    pidFile = installation.path("run", "\(name).pid")
    logFile = installation.path("logs", "\(name).log")
  }

  /// Nil when it does not run.
  var pid: pid_t? {
    guard let text = try? String(contentsOfFile: pidFile, encoding: .utf8) else { return nil }
    let fields = text.split(whereSeparator: \.isWhitespace)
    guard fields.count == 2, let pid = pid_t(fields[0]), let started = Self.startTime(of: pid), started == fields[1]
    else { return nil }
    return pid
  }

  func start(environment: [String: String]) throws {
    guard pid == nil else { return }
    let executable = try Self.executable(name)
    // What an operator sets for all of them; where each keeps what, the installation says.
    let settings = ["PATH", "HOME", "LANG", "TZ", "XASO_LOG_LEVEL", "XASO_NOTICES", "XASO_WORKING_DAYS"]
    var inherited = ProcessInfo.processInfo.environment.filter { settings.contains($0.key) }
    inherited[Rehearsal.variable] = Rehearsal.day?.description
    inherited.merge(environment) { _, new in new }
    let arguments = name == Installation.gateway ? [executable, "serve"] : [executable]
    let pid = try spawn(arguments, inherited.map { "\($0.key)=\($0.value)" })
    try "\(pid) \(Self.startTime(of: pid) ?? "0")\n".write(toFile: pidFile, atomically: true, encoding: .utf8)
  }

  /// SIGTERM, and SIGKILL for one that has not stopped after 5 seconds. Returns when it is gone.
  func stop() async throws {
    guard let pid else { return }
    kill(pid, SIGTERM)
    for attempt in 0... {
      // A child of ours stays as a zombie until it is waited for; one of an earlier `up` is not ours to wait for.
      waitpid(pid, nil, WNOHANG)
      guard self.pid != nil else { break }
      if attempt == 500 { kill(pid, SIGKILL) }
      try await Task.sleep(for: .milliseconds(10))
    }
    unlink(pidFile)
  }

  /// The end of its log, to say why it did not start.
  var lastWords: String {
    let log = (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? ""
    let line = log.split(separator: "\n").last.map(String.init) ?? ""
    let fields = try? Codec.decode([String: String].self, from: Data(line.utf8))
    return [name, fields?["message"], fields?["reason"] ?? (fields == nil ? line : nil)].compactMap(\.self)
      .joined(separator: ": ")
  }

  private func spawn(_ arguments: [String], _ environment: [String]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, logFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    Self.keepDescriptors()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Swift's threads block signals, and a process begins with what the thread blocks that starts it.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A process group of its own: Ctrl-C at the terminal is not meant for it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid = pid_t()
    let status = posix_spawn(&pid, arguments[0], &actions, &attributes, argv, envp)
    guard status == 0 else { throw SettingsError("\(arguments[0]): \(String(cString: strerror(status)))") }
    return pid
  }

  /// Whatever else is open here stays here: who started us may wait until nobody has it open any more, and would wait for
  /// as long as the daemon lives.
  private static func keepDescriptors() {
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in open.compactMap(Int32.init) where descriptor > STDERR_FILENO {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  /// Beside this executable.
  private static func executable(_ name: String) throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let file = name == Installation.gateway ? "xaso" : "xaso-\(name)"
    let path = URL(filePath: own).deletingLastPathComponent().appending(path: file).path
    guard access(path, X_OK) == 0 else { throw SettingsError("\(path) is not there; build or install all executables") }
    return path
  }

  /// Field 22 of /proc/PID/stat; nil for a process that is gone or only waits to be buried.
  private static func startTime(of pid: pid_t) -> String? {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = stat.lastIndex(of: ")")
    else { return nil }
    // The name before may hold spaces and parentheses.
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }
}
