import ArgumentParser
import AssayEngine

/// `assay infer`: a first schema, to be read, corrected and kept.
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Writes the schema that a dataset suggests, with comments on every line.")

  @Argument(help: "Sources that make up the dataset, or one profile (.json).")
  var sources: [String]

  @Option(name: [.short, .long], help: "Where to write the schema (YAML).")
  var output: String

  @Option(help: "The dataset's name in the schema.")
  var dataset: String?

  @OptionGroup var reading: ReadingArguments

  mutating func run() throws {
    let result = try Inference(sources, ingest: reading.options(for: [])).run(dataset: dataset)
    try AtomicFile.write(Array(result.schema.text.utf8), to: output)
    for line in result.schema.review {
      StandardError.write("\(output):\(line.line): review: \(line.reason)\n")
    }
    for line in result.incomplete { StandardError.write("assay: \(line)\n") }
    if !result.incomplete.isEmpty { throw ExitStatus.incomplete }
  }
}
