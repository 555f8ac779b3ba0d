import Glibc

/// The folder of the running executable: where its worker and its plugins are looked for first.
package enum ExecutableFolder {
  package static var path: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let executable = String(decoding: buffer[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return testBundleFolder ?? executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
  }

  /// Under `swift test` the running executable is a helper of the toolchain, and the bundle is its argument.
  private static var testBundleFolder: String? {
    CommandLine.arguments.lazy.compactMap { argument -> String? in
      guard argument.hasSuffix(".xctest"), let cut = argument.lastIndex(of: "/") else { return nil }
      return String(argument[..<cut])
    }.first
  }
}
