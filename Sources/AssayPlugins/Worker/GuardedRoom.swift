/// Room for a plugin's answer, with a few elements behind it that must stay as they are: a plugin that writes a little
/// too much is caught with its name, and not by a crash of something else.
struct GuardedRoom<Element: BitwiseCopyable> {
  private static var guardCount: Int { 64 }

  private let count: Int
  private var storage: [Element]

  /// Room for `count` elements, filled with `filler`.
  init(count: Int, filler: Element, guardValue: Element) {
    self.count = count
    storage =
      Array(repeating: filler, count: count) + Array(repeating: guardValue, count: Self.guardCount)
    guardBytes = Self.bytes(storage[count...])
  }

  private let guardBytes: [UInt8]

  /// What is in the room.
  var elements: [Element] { Array(storage[..<count]) }

  /// Whether nothing was written behind the room.
  var isIntact: Bool { Self.bytes(storage[count...]) == guardBytes }

  /// Calls `body` with the room.
  mutating func withRoom<Result>(_ body: (UnsafeMutableBufferPointer<Element>) -> Result) -> Result {
    let count = count
    return storage.withUnsafeMutableBufferPointer { body(UnsafeMutableBufferPointer(rebasing: $0[..<count])) }
  }

  private static func bytes(_ elements: ArraySlice<Element>) -> [UInt8] {
    elements.withUnsafeBytes { Array($0) }
  }
}
