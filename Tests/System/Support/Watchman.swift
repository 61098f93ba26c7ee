import Glibc

/// A process beside the tests that outlives them: whatever ends them, it kills what they started and removes the folder.
final class Watchman: Sendable {
  private static let script = """
    cat > /dev/null
    for file in "$0"/run/*.pid "$0"/*/run/*.pid; do
      [ -r "$file" ] || continue
      read -r pid start < "$file"
      [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2> /dev/null)" = "$start" ] && kill -9 "$pid"
    done
    umount "$0"/disk 2> /dev/null
    rm -rf "$0"
    """

  /// While it is open, nothing happens.
  private let rope: Int32
  private let pid: pid_t

  init(over folder: String) throws {
    let (end, rope) = try line()
    defer { close(end) }
    pid = try spawn(["/bin/sh", "-c", Self.script, folder], [STDIN_FILENO: end])
    self.rope = rope
  }

  /// Has it do its work now; returns when that is done.
  func dismiss() {
    close(rope)
    waitpid(pid, nil, 0)
  }
}
