import AssayTestSupport
import Foundation
import Testing

/// What is left of a run that was ended from outside, and what it says when its answer gets nowhere.
struct InterruptionTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aCommandEndsWithTheRun(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let run = Process()
    run.executableURL = Assay.folder.appendingPathComponent("assay")
    run.currentDirectoryURL = folder.url
    run.arguments = [
      "validate", "pipe:touch command; sleep 600; true", "--records", "rows.jsonl",
    ]
    let held = Pipe()
    run.standardError = held
    try run.run()
    while !(try folder.names.contains("command")) { usleep(10_000) }
    kill(run.processIdentifier, signal)
    run.waitUntilExit()
    // The command and what it started hold the other end: this waits for the last of them.
    _ = try held.fileHandleForReading.readToEnd()
    #expect(run.terminationReason == .uncaughtSignal && run.terminationStatus == signal)
    #expect(try folder.names == ["command"])
  }

  @Test func anAnswerThatCannotBeWrittenIsAnError() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallSet.members(), to: "set")
    let run = Process()
    run.executableURL = Assay.folder.appendingPathComponent("assay")
    run.currentDirectoryURL = folder.url
    run.arguments = ["validate", "set", "--quiet"]
    run.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    run.standardError = FileHandle.nullDevice
    try run.run()
    run.waitUntilExit()
    #expect(run.terminationStatus == 4)
  }

  @Test func twoOutputsCannotBeOneFile() throws {
    let run = try Assay.run(["validate", ".", "--records", "a.jsonl", "--rejects", "a.jsonl"])
    #expect(run.status == 2)
    #expect(run.errors.contains("two outputs"))
  }
}
