import AssayCore

/// Where a further image of a record is, as a schema's `members:` says it: `*_mask.png` beside the image, or
/// `masks/*.png` in a folder of its own.
package struct ImagePattern: Sendable, Hashable, Codable {
  /// The image's name in its record.
  package let name: String
  private let glob: Glob
  /// As the schema has it.
  package var text: String { glob.pattern }

  /// Nil unless the pattern has exactly one `*`, in its last component: then a record's stem can stand for it. Nor can
  /// one match that begins with `/` or `./`: paths do not.
  package init?(name: String, pattern: String) {
    guard pattern.utf8.count(where: { $0 == UInt8(ascii: "*") }) == 1, !pattern.contains("?"),
      let star = pattern.lastIndex(of: "*"), pattern.lastIndex(of: "/").map({ $0 < star }) ?? true,
      !pattern.hasPrefix("/"), !pattern.hasPrefix("./")
    else { return nil }
    self.name = name
    glob = Glob(pattern)
  }

  /// Whether a member is such an image.
  package func matches(_ entry: EntryName) -> Bool { glob.matches(entry.path) }

  /// Where the image that belongs to `main` would be.
  package func companion(of main: EntryName) -> EntryName {
    let pattern = Array(glob.pattern.utf8)
    // `init` has seen the star.
    let star = pattern.firstIndex(of: UInt8(ascii: "*")) ?? pattern.startIndex
    let stem = main.stem.suffix(main.stem.count - (main.path.count - main.baseName.count))
    let replaced = pattern[..<star] + stem + pattern[(star + 1)...]
    if pattern.contains(UInt8(ascii: "/")) { return EntryName(replaced) }
    return EntryName(main.path.prefix(main.path.count - main.baseName.count) + replaced)
  }
}
