import AssayChannel
import AssayIngest
import Glibc

/// One SOURCE of the command line, understood by its form; what a file contains is found out in a worker.
package struct SourceArgument: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    case folder(String)
    /// One image by itself.
    case image(String)
    /// An archive, plain or compressed.
    case container(String)
    /// CSV, TSV or JSON Lines.
    case manifest(String)
    case standardInput
    case command(String)
  }

  /// The source in the user's words.
  package var name: String
  /// What its keys begin with (`SOURCE::PREFIX`), where the user said so.
  package var keyPrefix: String
  package var form: Form

  package var isManifest: Bool {
    if case .manifest = form { true } else { false }
  }

  /// Understands the arguments in order; `@list.txt` becomes the sources it lists.
  ///
  /// Throws `SourceError` where nothing is there to be read, `ConfigurationError` for sources that cannot go together.
  package static func parse(_ arguments: [String]) throws -> [SourceArgument] {
    var sources: [SourceArgument] = []
    for argument in arguments {
      if argument.hasPrefix("@") {
        let lines = try lines(of: String(argument.dropFirst()))
        guard !lines.isEmpty else { throw ConfigurationError("\(argument): lists no source") }
        for line in lines { sources.append(try SourceArgument(line)) }
      } else {
        sources.append(try SourceArgument(argument))
      }
    }
    guard sources.count(where: { $0.form == .standardInput }) <= 1 else {
      throw ConfigurationError("-: standard input can be one source only")
    }
    return sources
  }

  init(_ argument: String) throws(SourceError) {
    name = argument
    keyPrefix = ""
    if argument == "-" {
      form = .standardInput
      return
    }
    if argument.hasPrefix("pipe:") {
      form = .command(String(argument.dropFirst("pipe:".count)))
      return
    }
    var path = argument
    if let mark = argument.firstRange(of: "::") {
      path = String(argument[..<mark.lowerBound])
      keyPrefix = String(argument[mark.upperBound...])
    }
    form = try Self.form(of: path)
  }

  private static func form(of path: String) throws(SourceError) -> Form {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw SourceError(
        source: path,
        reason: "\(lastSystemError()); expected a folder, an archive, a manifest (.csv, .jsonl), -, @LIST or "
          + "pipe:COMMAND")
    }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder(path) }
    let fileExtension = EntryName(path).fileExtension
    if ["csv", "tsv", "jsonl", "ndjson"].contains(fileExtension) { return .manifest(path) }
    return EntryClassifier.imageExtensions.contains(fileExtension) ? .image(path) : .container(path)
  }

  private static func lines(of path: String) throws(SourceError) -> [String] {
    guard let text = WholeFile.text(path, atMost: 64 << 20) else {
      throw SourceError(source: "@\(path)", reason: "cannot read the list: \(lastSystemError())")
    }
    let isMarked = text.unicodeScalars.first == "\u{FEFF}"
    return String(text.unicodeScalars.dropFirst(isMarked ? 1 : 0)).split(whereSeparator: \.isNewline).map(
      String.init
    ).filter {
      !$0.isEmpty && !$0.hasPrefix("#")
    }
  }
}
