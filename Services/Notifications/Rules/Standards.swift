import FoundationEssentials
import Logging
import Schema
import Synchronization
import WorkingDays

/// All that an operator may set for notices: rules, letters, channels. Read together, so that one set is in force.
struct Standards: Sendable {
  var book: RuleBook
  var stationery: Stationery
  var channels: Channels

  /// - Parameter texts: By file name; what is not there is as supplied, channels are none.
  init(_ texts: [String: String] = [:]) throws(DataFault) {
    let all = Self.texts.merging(texts) { _, own in own }
    book = try RuleBook(yaml: all["rules.yaml"] ?? "", over: texts["rules.yaml"] == nil ? nil : .supplied)
    stationery = try Stationery(all)
    channels = try all["channels.yaml"].map { yaml throws(DataFault) in try Channels(yaml: yaml) } ?? Channels()
    for rule in Notice.Rule.allCases where rule.isStaged && book[rule].text == nil {
      throw DataFault(file: "rules.yaml", line: 1, reason: "\(rule.rawValue) says nothing")
    }
  }

  static let files = ["rules.yaml", "channels.yaml"] + Stationery.files

  private static var texts: [String: String] {
    [
      "rules.yaml": PackageResources.rules_yaml, "subject.vi.txt": PackageResources.subject_vi_txt,
      "subject.en.txt": PackageResources.subject_en_txt, "letter.vi.txt": PackageResources.letter_vi_txt,
      "letter.en.txt": PackageResources.letter_en_txt, "letter.vi.html": PackageResources.letter_vi_html,
      "letter.en.html": PackageResources.letter_en_html,
    ].mapValues { String(decoding: $0, as: UTF8.self) }
  }

  /// As they come with XaSo.
  static let supplied: Standards = {
    do throws(DataFault) {
      return try Standards()
    } catch {
      preconditionFailure("what comes with XaSo: \(error)")
    }
  }()
}

extension RuleBook {
  static var supplied: RuleBook { Standards.supplied.book }
}

/// The set in force, and the folder that it is read from.
///
/// A set with a fault is not taken: it is said with its line, and what was in force before stays so.
final class StandardsFolder: Sendable {
  private struct State {
    var standards: Standards
    /// What was read last, whole or not.
    var texts: [String: String]
  }

  private let path: String?
  private let log: Logger
  private let state: Mutex<State>

  /// - Parameters:
  ///   - path: Nil for the set that comes with XaSo.
  ///   - book: In force before, like the channels; both stay so while the folder has a fault.
  init(_ path: String?, before book: RuleBook, _ channels: Channels, log: Logger) {
    self.path = path
    self.log = log
    var standards = Standards.supplied
    if path != nil { (standards.book, standards.channels) = (book, channels) }
    state = Mutex(State(standards: standards, texts: [:]))
    reload()
  }

  var standards: Standards { state.withLock(\.standards) }

  /// Reads the folder again if something in it has changed.
  ///
  /// - Returns: True when another set is in force now.
  @discardableResult
  func reload() -> Bool {
    guard let path else { return false }
    var texts: [String: String] = [:]
    for file in Standards.files {
      guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else { continue }
      texts[file] = String(decoding: data, as: UTF8.self)
    }
    let read = texts
    let (isNew, fault) = state.withLock { state -> (Bool, DataFault?) in
      guard read != state.texts else { return (false, nil) }
      state.texts = read
      do throws(DataFault) {
        state.standards = try Standards(read)
        return (true, nil)
      } catch {
        return (false, error)
      }
    }
    if let fault {
      log.error(
        "the rules of notices have a fault; those before stay in force",
        metadata: ["fault": "\(fault)", "folder": "\(path)"])
    } else if isNew {
      log.info("other rules of notices are in force", metadata: ["folder": "\(path)"])
    }
    return isNew
  }
}
