/// What a set of records is, as a number: the sum of its records' digests modulo 2^256.
///
/// The sum counts a record as often as it occurs; an exclusive or would lose every pair of equal records.
///
/// *Merge law*: addition modulo 2^256.
package struct Fingerprint: Sendable, Hashable {
  /// Four words, the lowest first.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The fingerprint of nothing.
  package init() {}

  /// Adds a record by its digest: a number of up to 32 bytes, the highest first. No bytes add nothing.
  package mutating func add(_ digest: [UInt8]) {
    guard !digest.isEmpty else { return }
    var other = Fingerprint()
    let padded = digest.prefix(32) + [UInt8](repeating: 0, count: max(0, 32 - digest.count))
    func word(_ index: Int) -> UInt64 { padded[index..<index + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    other.words = (word(24), word(16), word(8), word(0))
    merge(other)
  }

  /// Adds the records of another set.
  package mutating func merge(_ other: Fingerprint) {
    var carry: UInt64 = 0
    func add(_ left: inout UInt64, _ right: UInt64) {
      let (sum, over) = left.addingReportingOverflow(right)
      let (total, again) = sum.addingReportingOverflow(carry)
      left = total
      carry = (over ? 1 : 0) + (again ? 1 : 0)
    }
    add(&words.0, other.words.0)
    add(&words.1, other.words.1)
    add(&words.2, other.words.2)
    add(&words.3, other.words.3)
  }

  /// 64 hexadecimal digits.
  package var text: String { [words.3, words.2, words.1, words.0].map { Hex.encode($0) }.joined() }

  /// The fingerprint of exactly this text; nil if there is none.
  package init?(text: String) {
    guard let bytes = Hex.decode(text), bytes.count == 32 else { return nil }
    add(bytes)
  }

  package static func == (left: Fingerprint, right: Fingerprint) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}
