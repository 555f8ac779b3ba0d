import ArgumentParser
import AssayEngine

/// `assay show`: what is in a profile.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a readable summary of a profile.")

  @Argument(help: "The profile (.json, .json.gz).")
  var profile: String

  @OptionGroup var hashKey: HashKeyArguments

  mutating func run() throws {
    let read = try ProfileFile.read(profile, hashKey: hashKey.key())
    try StandardOutput.write(ProfileSummary(read, name: profile).text())
  }
}
