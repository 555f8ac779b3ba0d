import ArgumentParser

/// The root of the command line.
@main
struct AssayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Validates image datasets against a schema and compares them with the data you trained on.",
    discussion: """
      Exit codes: 0 pass (warnings included), 1 the data failed, 2 usage, schema or plugin configuration, \
      3 input unreadable or incomplete, 4 internal error.
      """,
    version: "0.1.0",
    subcommands: [
      ValidateCommand.self, ProfileCommand.self, CompareCommand.self, CheckCommand.self, MergeCommand.self,
      InferCommand.self, ShowCommand.self, SchemaCommand.self, ExplainCommand.self, PluginCommand.self,
      AcceptCommand.self,
    ])

  /// Parses, runs, and turns every outcome into the documented exit code.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      exit(withError: ExitCode(status.rawValue))
    } catch let error as any ExitStatusError {
      StandardError.write("assay: \(error)\n")
      exit(withError: ExitCode(error.exitStatus.rawValue))
    } catch {
      let code = exitCode(for: error)
      guard code != .success else { exit(withError: error) }
      guard code == .validationFailure else {
        // Neither the parser's nor one of those above: a mistake of ours, whatever it says.
        StandardError.write("assay: internal error: \(error)\n")
        exit(withError: ExitCode(ExitStatus.internalError.rawValue))
      }
      StandardError.write(fullMessage(for: error) + "\n")
      exit(withError: ExitCode(ExitStatus.usage.rawValue))
    }
  }
}
