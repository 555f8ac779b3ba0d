import AssayCore

extension AcceptedDrift {
  /// Its lines as an item of `drift.accepted`, not indented; the remark comes before it.
  func yamlLines(remark: String) -> [String] {
    let words = [
      ("feature", Self.scalar(feature)), ("reference", reference.map(Self.scalar)),
      ("slice", slice.map(Self.scalar)),
      ("aspect", aspect == .values ? nil : aspect.rawValue), ("comparator", Self.scalar(comparator)),
      ("effect", Self.effect(effect)), ("until", until), ("because", Self.quoted(because)),
    ].compactMap { key, value in value.map { "\(key): \($0)" } }
    let plain = remark.unicodeScalars.map { Self.endsLine($0) ? " " : String($0) }
    return ["# \(plain.joined())"] + words.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
  }

  /// YAML ends lines, and so comments, where Unicode does.
  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
  }

  private static func effect(_ bounds: Bounds) -> String {
    let words = [("min", bounds.min), ("max", bounds.max)].compactMap { key, bound in
      bound.map { "\(key): \(plainNumber($0))" }
    }
    return "{\(words.joined(separator: ", "))}"
  }

  /// A word as it is, if nothing else can be read from it.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { UInt8(ascii: "a") <= $0 && $0 <= UInt8(ascii: "z") } ?? false
      && text.contains(".")
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789._/-".unicodeScalars.contains($0))
      }
    return isPlain ? text : quoted(text)
  }

  /// JSON's text is one of YAML's as well.
  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.value(.string(text))
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
