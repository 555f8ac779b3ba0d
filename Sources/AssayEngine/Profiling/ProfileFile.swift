import AssayChannel
package import AssayCore
package import AssayIngest

/// Profiles as files.
package enum ProfileFile {
  /// Whether a name on the command line is a profile's, and not a source's.
  package static func isProfile(_ name: String) -> Bool { name.hasSuffix(".json") }

  /// Reads a profile. Throws with the path, and the place in the file, when it is none.
  package static func read(_ path: String) throws(SourceError) -> Profile {
    guard let bytes = TextFile.bytes(path, atMost: Profile.limits.maximumByteCount) else {
      throw SourceError(source: path, reason: lastSystemError())
    }
    do throws(JSONError) {
      return try Profile(decoding: bytes)
    } catch {
      throw SourceError(
        source: "\(path):\(error.line):\(error.column)", reason: "byte \(error.byteOffset): \(error.message)")
    }
  }

  /// Writes a profile, whole or not at all.
  package static func write(_ profile: Profile, to path: String) throws(OutputError) {
    try AtomicFile.write(profile.encoded(), to: path)
  }

  /// Adds profiles of different records, in any order. Throws `SourceError` where one cannot be read, and
  /// `ConfigurationError`, naming both files, when two cannot be added.
  package static func merge(_ paths: [String], allowingOverlap: Bool) throws -> Profile {
    var profiles = try paths.map { path throws(SourceError) in (path: path, profile: try read(path)) }
    guard !profiles.isEmpty else { throw ConfigurationError("expected at least one profile") }
    let fingerprints = Dictionary(grouping: profiles) { $0.profile.fingerprint.text }
    if !allowingOverlap, let same = fingerprints.values.first(where: { $0.count > 1 }) {
      throw ConfigurationError(
        "\(same[1].path) and \(same[0].path) are of the same records; leave one out, or insist with --allow-overlap"
      )
    }
    var (first, whole) = profiles.removeFirst()
    for (path, profile) in profiles {
      do throws(ProfileMergeError) {
        try whole.merge(profile, allowingOverlap: allowingOverlap)
      } catch {
        throw ConfigurationError("\(path): cannot be merged with \(first): \(error)")
      }
      first += ", \(path)"
    }
    return whole
  }
}
