package import AssayCore
import Crypto

/// What both sides of the process wall say in the same way of a record.
package enum RecordObservation {
  /// The observation of a record that no decoder lived to answer.
  package static func lost(_ item: WorkItem, outcome: DecodeOutcome, code: ReasonCode, detail: String)
    -> Observation
  {
    var observation = Observation(key: item.key, locator: item.locator)
    for case .image(let name) in item.parts.map(\.role) {
      observation.images.append(
        ImageObservation(name: name, outcome: outcome, reason: code.rawValue, detail: detail))
    }
    if observation.images.isEmpty {
      // A row has no image that could say it.
      observation.findings = [
        Finding(
          code: code.rawValue, severity: .error, subject: "record", expected: "a record that can be read",
          found: detail)
      ]
    }
    observation.recordDigest = digest(key: item.key, contentDigest: [])
    return observation
  }

  /// The element of a dataset's fingerprint: SHA-256 of the key's length, the key, and the content digest.
  static func digest(key: RecordKey, contentDigest: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    withUnsafeBytes(of: UInt64(key.bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
    hash.update(data: key.bytes)
    hash.update(data: contentDigest)
    return Array(hash.finalize())
  }
}
