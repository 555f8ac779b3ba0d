private import AssayChannel
package import AssayCore
private import Glibc

/// A schema as its files declare it, with everything it extends.
package struct SchemaFile: Sendable {
  /// The file and all it extends, merged; each value with the place it comes from.
  package let tree: YAMLTree
  package let schema: Schema
  /// The plugins that were there; nil where they were not looked for, or none is used.
  let catalog: PluginCatalog?

  /// The most files that extend each other.
  package static let extendsLimit = 8

  /// Reads a file and what it extends, and checks every rule.
  ///
  /// - Throws: all that is wrong, with places, before any data is read.
  package init(path: String) throws(SchemaError) {
    try self.init(try SchemaFile.merged(path, from: nil, chain: [], read: SchemaFile.contents), nil)
  }

  /// The same with what the schema says of its plugins held against the plugins that are there. They are loaded, in a worker
  /// of their own, only if it uses one.
  ///
  /// - Throws: `SchemaError`; `PluginError` when a plugin cannot be trusted or loaded.
  package init(path: String, plugins: PluginSearch, _ isolation: Isolation = .process) throws {
    let tree = try SchemaFile.merged(path, from: nil, chain: [], read: SchemaFile.contents)
    try self.init(tree, tree.usesPlugins ? try plugins.catalog(isolation) : nil)
  }

  /// The same with another way to get at files: the name of a file in, its bytes out, nil where it cannot be
  /// read.
  package init(path: String, read: (String) -> [UInt8]?) throws(SchemaError) {
    let tree = try SchemaFile.merged(path, from: nil, chain: []) { name throws(Unreadable) in
      guard let bytes = read(name) else { throw Unreadable(reason: "no such file") }
      return bytes
    }
    try self.init(tree, nil)
  }

  private init(_ tree: YAMLTree, _ catalog: PluginCatalog?) throws(SchemaError) {
    self.tree = tree
    self.catalog = catalog
    let reader = SchemaReader(catalog: catalog)
    schema = reader.schema(tree)
    var issues = reader.log.issues
    if issues.isEmpty { issues = SchemaFile.issues(in: schema) }
    guard issues.isEmpty else { throw SchemaError(issues) }
  }

  /// The effective schema, each line with its origin.
  package var annotatedText: String { tree.annotatedText() }

  private static func merged(
    _ path: String, from origin: SourcePosition?, chain: [String],
    read: (String) throws(Unreadable) -> [UInt8]
  ) throws(SchemaError) -> YAMLTree {
    let place = origin ?? SourcePosition(file: path)
    if chain.contains(path) {
      throw SchemaError([
        SchemaIssue(place, "extends itself: \((chain + [path]).joined(separator: " extends "))")
      ])
    }
    guard chain.count < extendsLimit else {
      throw SchemaError([SchemaIssue(place, "more than \(extendsLimit) files extend each other")])
    }
    let bytes: [UInt8]
    do throws(Unreadable) { bytes = try read(path) } catch {
      throw SchemaError([SchemaIssue(place, "cannot read \(path): \(error.reason)")])
    }
    let tree = try YAMLReader.read(bytes, file: path)
    guard tree.mapping != nil || chain.isEmpty else {
      throw SchemaError([SchemaIssue(tree.position, "a mapping is expected, \(tree.typeName) found")])
    }
    guard let extends = tree["extends"] else { return tree }
    guard let base = extends.scalar, !base.isNull else {
      throw SchemaError([
        SchemaIssue(extends.position, "the path of a schema is expected, \(extends.typeName) found")
      ])
    }
    let basePath = joined(base.text, besides: path)
    let inherited = try merged(basePath, from: extends.position, chain: chain + [path], read: read)
    return tree.removing("extends").merged(over: inherited)
  }

  /// The path, which is relative to the folder of `file`, without `.` and needless `..`.
  static func joined(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    var parts = file.split(separator: "/", omittingEmptySubsequences: true).dropLast().map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Why a file cannot be read.
  struct Unreadable: Error {
    var reason: String
  }

  /// The bytes of a file, if a reader of YAML would take as many.
  static func contents(of path: String) throws(Unreadable) -> [UInt8] {
    if let bytes = WholeFile.bytes(path, atMost: YAMLReader.byteLimit) { return bytes }
    throw Unreadable(
      reason: errno == EFBIG
        ? "it is longer than \(YAMLReader.byteLimit) bytes, the most that are read" : lastSystemError())
  }
}

extension YAMLTree {
  /// Whether some invariant is a plugin's.
  fileprivate var usesPlugins: Bool { self["invariants"]?.sequence?.contains { $0["use"] != nil } ?? false }

  /// The mapping without that key.
  fileprivate func removing(_ key: String) -> YAMLTree {
    guard let entries = mapping else { return self }
    return YAMLTree(position: position, content: .mapping(entries.filter { $0.key != key }))
  }
}
