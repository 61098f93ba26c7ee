import CCurl
import Dispatch
import FoundationEssentials
import Synchronization

/// One transfer by libcurl, on a thread of its own: it blocks.
///
/// Nothing of it is followed or guessed: one protocol, no redirect, certificates checked, a time limit on everything.
struct Transfer: Sendable {
  /// Raised when nobody waits any more; libcurl asks about once a second.
  private final class Stop: Sendable {
    let isRaised = Atomic(false)
  }

  enum Body: Sendable {
    case json(Data)
    /// A message in two forms, for readers with and without HTML.
    case mail(plain: String, html: String)
  }

  var url: String
  /// `smtp,smtps` or `http,https`
  var protocols: String
  /// Whole lines, which come from this program alone or hold nothing but ASCII without controls.
  var headers: [String]
  var body: Body
  /// Of mail: from whom, to whom.
  var sender: String?
  var recipient: String?
  var user: String?
  var password: String?
  /// A file of certificates to trust instead of the system's.
  var authorities: String?
  var seconds = 30

  private static let queue = DispatchQueue(label: "xaso.transfers", attributes: .concurrent)
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  func run() async -> Delivery {
    guard headers.allSatisfy({ $0.utf8.allSatisfy { (32..<127).contains($0) } }) else {
      return .failed("a header would not be one line of ASCII")
    }
    let stop = Stop()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Self.queue.async { continuation.resume(returning: perform(stop)) }
      }
    } onCancel: {
      stop.isRaised.store(true, ordering: .relaxed)
    }
  }

  private func perform(_ stop: Stop) -> Delivery {
    guard Self.isReady, let handle = curl_easy_init() else { return .failed("libcurl does not start") }
    defer { curl_easy_cleanup(handle) }
    var lines: UnsafeMutablePointer<curl_slist>?
    for header in headers { lines = curl_slist_append(lines, header) ?? lines }
    let recipients = recipient.flatMap { curl_slist_append(nil, "<\($0)>") }
    var mime: OpaquePointer?
    defer {
      curl_slist_free_all(lines)
      curl_slist_free_all(recipients)
      curl_mime_free(mime)
    }
    _ = ccurl_set_text(handle, CURLOPT_URL, url)
    _ = ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, protocols)
    _ = ccurl_set_number(handle, CURLOPT_NOSIGNAL, 1)
    _ = ccurl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
    _ = ccurl_set_number(handle, CURLOPT_TIMEOUT, seconds)
    _ = ccurl_set_silent(handle)
    _ = ccurl_set_list(handle, CURLOPT_HTTPHEADER, lines)
    if let user { _ = ccurl_set_text(handle, CURLOPT_USERNAME, user) }
    if let password { _ = ccurl_set_text(handle, CURLOPT_PASSWORD, password) }
    if let authorities { _ = ccurl_set_text(handle, CURLOPT_CAINFO, authorities) }
    switch body {
    case .json(let json):
      _ = json.withUnsafeBytes { ccurl_set_body(handle, $0.baseAddress, curl_off_t($0.count)) }
    case .mail(let plain, let html):
      // A server that offers no TLS gets no mail.
      _ = ccurl_set_number(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
      if let sender { _ = ccurl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender)>") }
      _ = ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
      mime = message(handle, plain, html)
      _ = ccurl_set_mime(handle, mime)
    }
    _ = ccurl_set_progress(
      handle,
      { context, _, _, _, _ in
        guard let context else { return 0 }
        return Unmanaged<Stop>.fromOpaque(context).takeUnretainedValue().isRaised.load(ordering: .relaxed) ? 1 : 0
      }, Unmanaged.passUnretained(stop).toOpaque())
    var words = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    return withExtendedLifetime(stop) {
      words.withUnsafeMutableBufferPointer { words in
        _ = ccurl_set_errors(handle, words.baseAddress)
        let code = curl_easy_perform(handle)
        let answer = ccurl_response_code(handle)
        guard code == CURLE_OK else {
          let said = words.baseAddress.map { String(cString: $0) } ?? ""
          return .failed(said.isEmpty ? String(cString: curl_easy_strerror(code)) : said)
        }
        // Of SMTP, the last answer is to the end of the message.
        return (200..<300).contains(answer) ? .delivered : .failed("answered \(answer)")
      }
    }
  }

  private func message(_ handle: UnsafeMutableRawPointer, _ plain: String, _ html: String) -> OpaquePointer? {
    let (message, forms) = (curl_mime_init(handle), curl_mime_init(handle))
    for (text, type) in [(plain, "text/plain; charset=utf-8"), (html, "text/html; charset=utf-8")] {
      let part = curl_mime_addpart(forms)
      curl_mime_data(part, text, text.utf8.count)
      curl_mime_type(part, type)
      curl_mime_encoder(part, "base64")
    }
    let part = curl_mime_addpart(message)
    curl_mime_subparts(part, forms)
    curl_mime_type(part, "multipart/alternative")
    return message
  }
}
