import AssayCore

/// The fields that a sidecar file gives its record.
enum SidecarFields {
  enum Parsed {
    case fields([NamedValue])
    /// The file says nothing that can be used, and why.
    case malformed(String)
  }

  static func parse(_ kind: SidecarKind, _ bytes: UnsafeRawBufferPointer) -> Parsed {
    switch kind {
    case .json: json(bytes)
    case .cls: text("cls", bytes) { Int64($0).map(Value.integer) ?? .text($0) }
    case .txt: text("txt", bytes) { .text($0) }
    case .npy: vector(bytes)
    }
  }

  private static func text(
    _ name: String, _ bytes: UnsafeRawBufferPointer, _ value: (String) -> Value
  ) -> Parsed {
    guard let text = UTF8Text.string(bytes) else {
      return .malformed("the text is not UTF-8")
    }
    let trimmed = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    return .fields([NamedValue(name: name, value: trimmed.isEmpty ? .missing : value(trimmed))])
  }

  private static func vector(_ bytes: UnsafeRawBufferPointer) -> Parsed {
    switch NumPyArray.parse(bytes) {
    case .vector(let numbers): .fields([NamedValue(name: "npy", value: .vector(numbers))])
    case .malformed(let reason): .malformed(reason)
    }
  }

  private static func json(_ bytes: UnsafeRawBufferPointer) -> Parsed {
    do throws(JSONError) {
      var reader = try JSONReader(bytes, limits: .sidecar)
      let value = try reader.value()
      try reader.finish()
      guard let object = value.object else {
        return .malformed("expected an object, found \(value.typeName)")
      }
      return .fields(FieldFlattening.fields(of: object))
    } catch {
      return .malformed(error.description)
    }
  }
}

extension JSONLimits {
  /// A sidecar is small; a deeper or longer one is somebody's mistake.
  fileprivate static var sidecar: JSONLimits { JSONLimits(maximumByteCount: 16 << 20, maximumDepth: 32) }
}
