import AssayEngine
import AssayPlugins
import Testing

@Suite("Loading into a worker")
struct LoadingTests {
  @Test(arguments: [
    ("OtherABI", "built for plugin ABI 0.3, this assay has 0.2; rebuild it"),
    ("NoEntry", "exports no assay_plugin_entry"),
    ("NullFunction", "com.example.null/1: its function for counts is NULL"),
    ("CrashingConstructor", "crashed (signal 11, Segmentation fault) while it was loaded"),
  ])
  func whatCannotBeLoadedIsNamedWithItsFile(fixture: String, reason: String) throws {
    let folder = try RegistryFolder(fixture)
    let refusal = try #require(folder.refusal())
    #expect(refusal.hasPrefix(folder.file("libAssayPlugin\(fixture).so: ")))
    #expect(refusal.contains(reason), "\(refusal)")
  }

  @Test func aConstructorThatHangsIsEndedAtItsDeadline() throws {
    let folder = try RegistryFolder("HangingConstructor")
    let refusal = try #require(folder.refusal(deadlines: PluginDeadlines(load: 200)))
    #expect(refusal.contains("libAssayPluginHangingConstructor.so: no answer within 0.2 s"), "\(refusal)")
  }

  @Test func theGuiltyFileOfSeveralIsNamed() throws {
    let folder = try RegistryFolder("Misbehaving", "CrashingConstructor", "KitExample")
    #expect(folder.refusal()?.hasPrefix(folder.file("libAssayPluginCrashingConstructor.so")) == true)
  }

  @Test func whatIsNoLibraryIsNamed() throws {
    let folder = try RegistryFolder()
    try folder.write("#!/bin/sh", to: "libAssayPluginScript.so")
    #expect(folder.refusal()?.contains("libAssayPluginScript.so: cannot be loaded") == true)
  }

  @Test func aTitleHasNoLineBreaks() throws {
    let host = try RegistryFolder("Misbehaving").host()
    #expect(host.plugin("com.example.well")?.title == "line one line two")
  }

  @Test func aDescriptionKeepsParametersAndRange() throws {
    let host = try RegistryFolder("Misbehaving").host()
    let plugin = try #require(host.plugin("com.example.well/1"))
    #expect(plugin.parameters.map(\.name) == ["answer"])
    #expect(plugin.comparator?.maximum == 1)
    #expect(plugin.sha256.count == 64)
  }
}
