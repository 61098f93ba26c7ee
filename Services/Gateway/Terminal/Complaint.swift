import ArgumentParser
import FoundationEssentials
import Schema
import Storage

/// Something that a person has to put right before a command can do anything, in both languages.
struct Complaint: Error {
  let text: Text
  let code: ExitCode

  /// - Parameter code: EX_CONFIG unless it is said.
  init(vi: String, en: String, code: ExitCode = ExitCode(78)) {
    text = Text(vi: vi, en: en)
    self.code = code
  }

  /// A file or a store that could not do its part.
  init(_ error: StorageError) {
    switch error.kind {
    case .full: self.init(diskFull: error.message)
    default: self.init(vi: error.message, en: error.message, code: ExitCode(1))
    }
  }

  /// A file or a folder that could not be read or written.
  init(_ error: CocoaError) {
    let path = error.filePath ?? error.url?.path ?? "\(error.code)"
    switch error.code {
    case .fileWriteOutOfSpace: self.init(diskFull: path)
    case .fileNoSuchFile, .fileReadNoSuchFile:
      self.init(vi: "Không có tệp \(path).", en: "There is no file \(path).", code: ExitCode(66))
    default:
      self.init(
        vi: "Không đọc hoặc ghi được \(path); hãy xem quyền và chỗ trống trên ổ đĩa.",
        en: "\(path) cannot be read or written; look at its permissions and the space on the disk.", code: ExitCode(66))
    }
  }

  private init(diskFull what: String) {
    self.init(
      vi: "Hết chỗ trên ổ đĩa: \(what). Hãy dọn chỗ rồi chạy lại.",
      en: "The disk is full: \(what). Make room, then run it again.", code: ExitCode(69))
  }
}
