import Glibc

/// A text that equals another only if their UTF-8 bytes agree.
///
/// Swift's `String` holds canonically equivalent texts (`é` as one scalar or as two) for equal, so a
/// dictionary keyed by `String` keeps whichever came first: its content would depend on the order of the
/// records.
package struct ExactText: Sendable, Hashable, Comparable {
  package var text: String

  package init(_ text: String) {
    self.text = text
    self.text.makeContiguousUTF8()
  }

  package static func == (left: ExactText, right: ExactText) -> Bool { areEqual(left.text, right.text) }

  /// Whether the UTF-8 bytes of two texts agree.
  package static func areEqual(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let areEqual = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in
        left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0
      }
    }
    return (areEqual ?? nil) ?? left.utf8.elementsEqual(right.utf8)
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
