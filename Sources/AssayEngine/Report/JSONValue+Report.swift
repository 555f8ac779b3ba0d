package import AssayCore

extension JSONValue {
  /// The value as a report for machines: indented, its members in their order, with a line break at the end.
  package var reportText: String {
    var writer = JSONWriter(indentation: 2)
    writer.value(self)
    writer.lineBreak()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
