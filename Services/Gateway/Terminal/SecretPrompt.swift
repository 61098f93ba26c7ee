import Glibc
import Schema

/// A line that is a secret: typed without being shown, or from a pipe. Never from the command line, which others can see.
enum SecretPrompt {
  static func read(_ prompt: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return readLine() }
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var silent = before
    // A line of a terminal ends at 4,096 characters: enough for an invitation.
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    Output.write(prompt, to: STDERR_FILENO)
    return readLine()
  }
}
