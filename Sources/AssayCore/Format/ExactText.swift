/// A text that equals another only if their UTF-8 bytes agree.
///
/// Swift's `String` holds canonically equivalent texts (`é` as one scalar or as two) for equal, so a dictionary
/// keyed by `String` keeps whichever came first: its content would depend on the order of the records.
package struct ExactText: Sendable, Hashable, Comparable {
  package var text: String

  package init(_ text: String) {
    self.text = text
    self.text.makeContiguousUTF8()
  }

  package static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Orders by bytes, as unsigned numbers.
  package static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(UInt8(0xFF))
  }
}

extension ExactText: CustomStringConvertible {
  package var description: String { text }
}
