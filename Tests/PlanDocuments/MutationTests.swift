import Foundation
import PlanDocuments
import Schema
import Seeds
import Testing

/// Whatever is done to a file, the reader answers with a plan or with problems.
@Suite struct MutationTests {
  @Test(arguments: Demo.allCases)
  func noMutationCrashesTheReader(_ demo: Demo) throws {
    var random = Seed("\(demo)")
    let original = try demo.yaml
    let lines = original.split(separator: "\n", omittingEmptySubsequences: false).count
    for _ in 0..<200 {
      var text = Array(original.unicodeScalars)
      for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&text, using: &random) }
      var yaml = String.UnicodeScalarView()
      yaml.append(contentsOf: text)
      do throws(PlanProblems) {
        _ = try PlanDocument.read(yaml: String(yaml))
      } catch {
        #expect(!error.problems.isEmpty)
        #expect(error.problems.allSatisfy { (1...lines * 8).contains($0.line) && !$0.text.vi.isEmpty })
      }
    }
  }

  private func mutate(_ text: inout [Unicode.Scalar], using random: inout Seed) {
    let start = Int.random(in: 0..<text.count, using: &random)
    let end = min(text.count, start + Int.random(in: 0...40, using: &random))
    let piece = text[start..<end]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: text.removeSubrange(start..<max(start + 1, end))
    case 1: text.insert(contentsOf: piece, at: Int.random(in: 0...text.count, using: &random))
    case 2: text.replaceSubrange(start..<end, with: piece.reversed())
    default:
      let scraps = [
        "&a ", "*a", "[", "]", "{", "}", "\n", "\n---\n", ": ", "- ", "? ", "|", ">", "'", "\"", "#", "\t", "!!", "%",
        "\u{0}", "\u{300}", "rows:\n", "~", "1e999", "!!int ",
      ]
      text.insert(contentsOf: scraps.randomElement(using: &random)!.unicodeScalars, at: start)
    }
    if text.isEmpty { text = [" "] }
  }
}
