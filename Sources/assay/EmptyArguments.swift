import ArgumentParser

/// What to make of a set without records.
struct EmptyArguments: ParsableArguments {
  @Flag(help: "Take a set without records for what it is, and not for a mistake.")
  var allowEmpty = false
}
