import ArgumentParser
import AssayEngine

/// `assay infer`: a first schema, to be read, corrected and kept.
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Writes the schema that a dataset suggests, with comments on every line.")

  @Argument(help: "Sources that make up the dataset, or one profile (.json, .json.gz).")
  var sources: [String]

  @Option(name: [.short, .long], help: "Where to write the schema (YAML).")
  var output: String

  @Option(help: "The dataset's name in the schema.")
  var dataset: String?

  @OptionGroup var reading: ReadingArguments
  @OptionGroup var empty: EmptyArguments

  @Option(help: "How to account for the records: text (on standard error) or json (on standard output).")
  var format: ReportFormat = .text

  mutating func run() throws {
    let inference = Inference(
      try SetArgument(sources), ingest: try reading.options(for: []), allowsEmpty: empty.allowEmpty)
    let result = try inference.run(dataset: dataset)
    try AtomicFile.write(Array(result.schema.text.utf8), to: output)
    for line in result.schema.review {
      StandardError.write("\(output):\(line.line): review: \(line.reason)\n")
    }
    try AccountsReport(command: "infer", output: output, set: result.set).print(as: format)
  }
}
