import ArgumentParser
import AssayEngine

/// `assay show`: what is in a profile.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a readable summary of a profile.")

  @Argument(help: "The profile (.json, .json.gz).")
  var profile: String

  mutating func run() throws {
    try StandardOutput.write(ProfileSummary(try ProfileFile.read(profile), name: profile).text())
  }
}
