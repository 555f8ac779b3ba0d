import ArgumentParser
import AssayCore
import AssayEngine

/// `assay schema`: schemas by themselves, without data.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Shows or checks a schema.", subcommands: [Show.self, Check.self])

  /// `assay schema show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the effective schema, with all it extends; each line says where it is from.")

    @Argument(help: "The schema (YAML).")
    var schema: String

    @OptionGroup var plugins: PluginArguments

    mutating func run() throws {
      try StandardOutput.write(try SchemaFile(path: schema, plugins: plugins.search).annotatedText)
    }
  }

  /// `assay schema check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a schema before any data is read: every mistake with its place, exit code 2.")

    @Argument(help: "The schema (YAML).")
    var schema: String

    @Option(help: "One of the schema's environments.")
    var environment: String?

    @OptionGroup var plugins: PluginArguments

    mutating func run() throws {
      let rules = try RunSchema(path: schema, environment: environment, plugins: plugins.search).compiled
      try StandardOutput.write(
        "\(schema): \(counted(rules.recordRules.rules.count, "rule")) of records, \(rules.setRules.count) of the set\n"
      )
    }
  }
}
