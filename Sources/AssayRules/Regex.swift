private import CRegex

/// A regular expression in RE2 syntax, compiled once; matching takes time linear in the text.
///
/// Immutable, and therefore safe to share between threads.
package final class Regex: @unchecked Sendable {
  /// The most memory one expression and its caches may take. Unit: bytes.
  package static let memoryLimit = 2 << 20

  // Guard: RE2 handles are immutable and their matching is thread-safe.
  private let handle: OpaquePointer

  /// Why an expression does not compile.
  package struct Failure: Error, Hashable {
    package var reason: String
  }

  /// Compiles the expression.
  ///
  /// - Throws: with RE2's own words where the syntax is wrong or the memory limit is passed.
  package init(_ pattern: String) throws(Failure) {
    var pattern = pattern
    let (compiled, reason) = pattern.withUTF8 { bytes -> (OpaquePointer?, String) in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
          buffer.initialize(repeating: 0)
          let compiled = assay_regex_compile(
            characters.baseAddress, characters.count, Regex.memoryLimit, buffer.baseAddress, buffer.count)
          return (compiled, buffer.baseAddress.map { String(cString: $0) } ?? "")
        }
      }
    }
    guard let compiled else { throw Failure(reason: reason) }
    handle = compiled
  }

  deinit { assay_regex_free(handle) }

  /// Whether the whole text matches.
  package func matchesWhole(_ text: String) -> Bool {
    withCharacters(of: text) { assay_regex_matches_whole(handle, $0, $1) }
  }

  /// Whether some part of the text matches.
  package func matchesPart(of text: String) -> Bool {
    withCharacters(of: text) { find(in: $0, count: $1, from: 0) != nil }
  }

  /// The byte ranges of the matches, leftmost first, that do not overlap, as long as `body` answers true.
  package func forEachMatch(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Bool) {
    bytes.withMemoryRebound(to: CChar.self) { characters in
      var start = 0
      while start <= characters.count,
        let match = find(in: characters.baseAddress, count: characters.count, from: start), body(match)
      {
        start = max(match.upperBound, match.lowerBound + 1)
      }
    }
  }

  /// The corresponding C function is `assay_regex_find`.
  func find(in characters: UnsafePointer<CChar>?, count: Int, from start: Int) -> Range<Int>? {
    var lower = 0
    var upper = 0
    guard assay_regex_find(handle, characters, count, start, &lower, &upper) else { return nil }
    return lower..<upper
  }

  private func withCharacters<R>(of text: String, _ body: (UnsafePointer<CChar>?, Int) -> R) -> R {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
    }
  }
}
