import AssayCore

/// The path of one member inside its source, as raw bytes and taken apart once.
package struct EntryName: Sendable, Hashable {
  /// `/`-separated, no leading `./`, no trailing `/`.
  package let path: [UInt8]

  package init(_ raw: some Collection<UInt8>) {
    var path = Array(raw)
    while path.starts(with: [UInt8(ascii: "."), slash]) { path.removeFirst(2) }
    while path.last == slash { path.removeLast() }
    self.path = path
  }

  package init(_ text: String) { self.init(text.utf8) }

  /// The index at which the last component starts.
  private var baseStart: Int { path.lastIndex(of: slash).map { $0 + 1 } ?? 0 }

  package var baseName: ArraySlice<UInt8> { path[baseStart...] }

  /// The name of the folder directly around the member, empty at the top.
  package var parentName: ArraySlice<UInt8> {
    let parents = path[..<max(0, baseStart - 1)]
    return parents[(parents.lastIndex(of: slash).map { $0 + 1 } ?? 0)...]
  }

  /// The last extension in lower case, without the dot; empty if there is none.
  package var fileExtension: String {
    guard let dot = lastDot else { return "" }
    return String(decoding: path[(dot + 1)...], as: UTF8.self).lowercased()
  }

  /// The same as it is written; empty if there is none.
  package var writtenExtension: [UInt8] { lastDot.map { Array(path[($0 + 1)...]) } ?? [] }

  /// The path without its last extension.
  package var stem: ArraySlice<UInt8> { path[..<(lastDot ?? path.count)] }

  /// The last dot that is neither the first byte of the base name nor outside it.
  private var lastDot: Int? {
    guard let dot = baseName.lastIndex(of: UInt8(ascii: ".")), dot > baseStart else { return nil }
    return dot
  }

  /// Which of the names a second image of a record has before its extension: `mask` of `a.mask.png`.
  package func secondName(among names: [String]) -> String? {
    names.first { stem.suffix($0.utf8.count + 1).elementsEqual(".\($0)".utf8) }
  }

  /// The stem of the record it belongs to: its own without such a name.
  package func recordStem(among names: [String]) -> [UInt8] {
    Array(stem.dropLast(secondName(among: names).map { $0.utf8.count + 1 } ?? 0))
  }

  /// The path as text; bytes that are not UTF-8 are `\xNN`.
  package var display: String { EscapedBytes.text(path) }

  /// The name with its first `count` components and one prefix exchanged, for copies that were packed differently.
  package func rebased(stripping count: Int, prefix: String) -> EntryName {
    var rest = path[...]
    for _ in 0..<count {
      guard let cut = rest.firstIndex(of: slash) else { break }
      rest = rest[(cut + 1)...]
    }
    return EntryName(Array(prefix.utf8) + rest)
  }
}

private let slash = UInt8(ascii: "/")
