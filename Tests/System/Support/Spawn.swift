import FoundationEssentials
import Glibc

/// Starts a program in a process group of its own: Ctrl-C is for the tests.
///
/// - Parameter descriptors: Ours, by the number that it has there.
func spawn(_ arguments: [String], _ descriptors: [Int32: Int32]) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (theirs, ours) in descriptors { posix_spawn_file_actions_adddup2(&actions, ours, theirs) }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // Swift's threads block signals, and a process begins with what the thread blocks that starts it.
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  let argv = arguments.map { strdup($0) } + [nil]
  let envp = [strdup("PATH=\(path)"), nil]
  defer { for pointer in argv + envp { free(pointer) } }
  var pid = pid_t()
  let code = posix_spawn(&pid, arguments[0], &actions, &attributes, argv, envp)
  guard code == 0 else { throw CallFailure(arguments[0], code) }
  return pid
}

/// Two ends of which no process inherits either: what `pipe2` would make, which Swift does not see.
func line() throws -> (Int32, Int32) {
  var ends: [Int32] = [0, 0]
  let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw CallFailure("socketpair") }
  return (ends[0], ends[1])
}
