/// A file-name pattern over raw path bytes: `?` is one byte but `/`, `*` any run of those, `**` any run with `/`.
///
/// As in `.gitignore`, a pattern without `/` is held against the last component at any depth, and one with `/`
/// against the whole path. Matching is linear in pattern times path, without recursion.
package struct Glob: Sendable, Hashable, Codable {
  package let pattern: String

  package init(_ pattern: String) { self.pattern = pattern }

  /// Whether the pattern matches a path of raw bytes.
  package func matches(_ path: some BidirectionalCollection<UInt8>) -> Bool {
    let wanted = Array(pattern.utf8)
    if wanted.contains(slash) { return Self.matches(wanted[...], Array(path)[...]) }
    let start = path.lastIndex(of: slash).map { path.index(after: $0) } ?? path.startIndex
    return Self.matches(wanted[...], Array(path[start...])[...])
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    // reachable[i]: the first i steps of the pattern match the bytes read so far.
    let steps = Step.parse(pattern)
    var reachable = [Bool](repeating: false, count: steps.count + 1)
    reachable[0] = true
    skipEmptyRuns(steps, &reachable)
    for byte in path {
      var next = [Bool](repeating: false, count: steps.count + 1)
      for (index, step) in steps.enumerated() where reachable[index] && step.accepts(byte) {
        next[step.isRun ? index : index + 1] = true
      }
      skipEmptyRuns(steps, &next)
      reachable = next
    }
    return reachable[steps.count]
  }

  private static func skipEmptyRuns(_ steps: [Step], _ reachable: inout [Bool]) {
    for (index, step) in steps.enumerated() where reachable[index] && step.isRun {
      reachable[index + 1] = true
    }
  }

  private enum Step {
    case byte(UInt8)
    case anyByte
    case run
    case deepRun

    var isRun: Bool {
      switch self {
      case .run, .deepRun: true
      case .byte, .anyByte: false
      }
    }

    func accepts(_ byte: UInt8) -> Bool {
      switch self {
      case .byte(let wanted): byte == wanted
      case .anyByte, .run: byte != slash
      case .deepRun: true
      }
    }

    static func parse(_ pattern: ArraySlice<UInt8>) -> [Step] {
      var steps: [Step] = []
      for byte in pattern {
        switch byte {
        case UInt8(ascii: "*"):
          if steps.last?.isRun == true { steps[steps.count - 1] = .deepRun } else { steps.append(.run) }
        case UInt8(ascii: "?"): steps.append(.anyByte)
        default: steps.append(.byte(byte))
        }
      }
      return steps
    }
  }
}

private let slash = UInt8(ascii: "/")
