import AssayEngine
import AssayPlugins
import Foundation
import Testing

@Suite("Finding and trusting plugins")
struct RegistryTests {
  @Test func aFolderSomebodyNamedHasToBeThere() {
    let registry = PluginRegistry(folders: ["/nonexistent/plugins"])
    #expect(throws: PluginError("/nonexistent/plugins: not a folder of plugins: No such file or directory")) {
      try registry.files(requiresPins: false)
    }
  }

  @Test func aStandardFolderMayBeMissing() throws {
    let folder = try RegistryFolder()
    let registry = PluginRegistry(extra: [], executableFolder: folder.path + "/none")
    #expect(try registry.files(requiresPins: false).filter { $0.folder.hasPrefix(folder.path) }.isEmpty)
  }

  @Test func aFolderThatIsNamedTwiceIsOneFolder() throws {
    let folder = try RegistryFolder("Misbehaving")
    let registry = PluginRegistry(folders: [folder.path, folder.path + "/."])
    #expect(try registry.files(requiresPins: false).count == 1)
  }

  @Test func onlySharedObjectsThatSayPluginAreFound() throws {
    let folder = try RegistryFolder("Misbehaving")
    try folder.write("no library", to: "libother.so")
    try folder.write("no library", to: "libAssayPluginNotes.txt")
    #expect(try folder.registry.files(requiresPins: false).map(\.file) == ["libAssayPluginMisbehaving.so"])
  }

  @Test func anUnpinnedFolderIsRefusedWherePinsAreRequired() throws {
    let folder = try RegistryFolder("Misbehaving")
    #expect(folder.refusal(requiresPins: true)?.contains("run `assay plugin pin`") == true)
  }

  @Test func aPinnedFolderLoadsAsPinned() throws {
    let folder = try RegistryFolder("Misbehaving")
    try folder.pin()
    #expect(try folder.host(requiresPins: true).plugins.allSatisfy(\.isPinned))
  }

  @Test func aFileThatChangedAfterItWasPinnedIsRefused() throws {
    let folder = try RegistryFolder("Misbehaving")
    try folder.pin()
    let file = try #require(FileHandle(forWritingAtPath: folder.file("libAssayPluginMisbehaving.so")))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    let refusal = try #require(folder.refusal())
    #expect(refusal.hasPrefix(folder.file("libAssayPluginMisbehaving.so")))
    #expect(refusal.contains("changed after it was pinned"))
    #expect(refusal.contains("assay plugin pin"))
  }

  @Test func anIndexWithOtherIDsThanTheFileIsRefused() throws {
    let folder = try RegistryFolder("Misbehaving")
    var index = try PluginPinning.index(of: folder.path)
    index.entries[0].ids = ["com.example.other/1"]
    try folder.write(String(decoding: index.bytes, as: UTF8.self), to: PluginIndex.fileName)
    #expect(folder.refusal()?.contains("the index names com.example.other/1, the file holds") == true)
  }

  @Test func aFileOfTheIndexThatIsGoneIsNamed() throws {
    let folder = try RegistryFolder("Misbehaving")
    try folder.pin()
    try FileManager.default.removeItem(atPath: folder.file("libAssayPluginMisbehaving.so"))
    let refusal = try #require(folder.refusal())
    #expect(refusal.hasPrefix(folder.file("libAssayPluginMisbehaving.so") + ": No such file or directory"))
  }

  @Test func anIndexThatCannotBeReadDoesNotUnpinTheFolder() throws {
    let folder = try RegistryFolder("Misbehaving")
    try FileManager.default.createDirectory(
      atPath: folder.file(PluginIndex.fileName), withIntermediateDirectories: false)
    #expect(folder.refusal()?.contains("cannot be read") == true)
  }

  @Test func aLinkInTheFolderIsNotFollowed() throws {
    let (folder, other) = (try RegistryFolder(), try RegistryFolder("Misbehaving"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("libAssayPluginLink.so"),
      withDestinationPath: other.file("libAssayPluginMisbehaving.so"))
    #expect(folder.refusal()?.hasPrefix(folder.file("libAssayPluginLink.so")) == true)
  }

  @Test func twoFilesWithOneIDAreBothNamed() throws {
    let folder = try RegistryFolder("Misbehaving")
    try folder.add("Misbehaving", as: "Twin")
    let refusal = try #require(folder.refusal())
    #expect(refusal.contains(folder.file("libAssayPluginMisbehaving.so")))
    #expect(refusal.contains(folder.file("libAssayPluginTwin.so")))
    #expect(refusal.hasPrefix("com.example.well/1: "))
  }
}

extension RegistryFolder {
  /// Writes the index of the folder as it is now.
  func pin() throws {
    try write(
      String(decoding: try PluginPinning.index(of: path).bytes, as: UTF8.self), to: PluginIndex.fileName)
  }
}
